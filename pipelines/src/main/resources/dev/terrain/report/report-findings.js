// Trends, descents, verdicts, diagnosis and the next cells, as far as they are known.
{
  const make = terrain.element;

  /** A button that rings cells in every map, or lets them go. */
  function cellsButton(ids) {
    if (!ids?.length) {
      return '';
    }
    return make('button', { type: 'button', class: 'command', click: () => {
      const { marked } = terrain.state;
      const shown = ids.length === marked.size && ids.every((id) => marked.has(id));
      terrain.state.marked = new Set(shown ? [] : ids);
      terrain.emit('diagram');
      if (!shown) {
        document.getElementById('maps').scrollIntoView({ behavior: 'smooth' });
      }
    } }, `show ${ids.length} cell${ids.length === 1 ? '' : 's'}`);
  }

  const section = (id, title, ...children) =>
    make('section', { id }, make('h2', {}, title), ...children);

  const table = (heads, rows) => make('div', { class: 'scroll' }, make('table', {},
    make('thead', {}, make('tr', {}, heads.map((head) => make('th', { scope: 'col' }, head)))),
    make('tbody', {}, rows.map((row) => make('tr', {}, row.map((cell) => make('td', {}, cell)))))));

  /** A correlation with its interval as a bar from -1 to 1. */
  function estimate(known) {
    if (!known) {
      return '\u2013';
    }
    const { value, low, high } = known;
    const bar = make('span', { class: 'interval', 'aria-hidden': 'true' });
    const part = (name, from, to) => {
      const mark = make('i', { class: name });
      mark.style.left = 50 + 50 * from + '%';
      mark.style.width = 50 * (to - from) + '%';
      bar.append(mark);
    };
    if (low != null && high != null) {
      part('range', low, high);
    }
    part('value', value, value);
    return [bar, terrain.fixed(value, 3), make('span', { class: 'small' },
      low == null || high == null ? '' : ` [${terrain.fixed(low, 2)}, ${terrain.fixed(high, 2)}]`)];
  }

  const nameOf = (metric) => terrain.study.metrics.get(metric)?.name ?? terrain.words(metric);

  function trends({ sentence, rows }) {
    const groups = [...new Set(rows.map((row) => row.cells))];
    const body = make('div');
    const show = (group) => {
      body.replaceChildren(table(
        ['metric', 'cells', 'n', 'Spearman', 'Kendall', 'Spearman given load and temperature', ''],
        rows.filter((row) => group === '' || row.cells === group).map((row) => [
          nameOf(row.metric), row.cells, String(row.n), estimate(row.spearman), estimate(row.kendall),
          estimate(row.conditional), row.reason ?? '',
        ])));
    };
    const choice = make('select', { 'aria-label': 'Cells of the correlations',
      change: (event) => show(event.target.value) },
    make('option', { value: '' }, 'all groups of cells'),
    groups.map((group) => make('option', { value: group }, group)));
    show(groups[0] ?? '');
    choice.value = groups[0] ?? '';
    return section('trends', 'Trends',
      make('p', {}, sentence), rows.length ? [make('p', {}, 'Correlation with test accuracy over ', choice), body] : []);
  }

  const descents = (list) => section('descents', 'Double descent',
    make('ul', {}, list.map((one) => make('li', {}, one.sentence, ' ', cellsButton(one.cells)))));

  const CLASS = { supported: 'held', contradicted: 'failed' };

  const verdicts = (list) => section('verdicts', 'The study\u2019s claims on this sweep',
    make('div', { class: 'cards' }, list.map((one) => make('article', {},
      make('header', {}, make('b', {}, one.claim),
        make('span', { class: 'verdict ' + (CLASS[one.verdict] ?? 'open') }, one.verdict)),
      make('p', {}, one.statement), make('p', { class: 'small' }, one.numbers), cellsButton(one.cells)))));

  function share(accuracy) {
    if (accuracy == null) {
      return '\u2013';
    }
    const meter = make('span', { class: 'meter', 'aria-hidden': 'true' }, make('i'));
    meter.firstChild.style.width = 100 * accuracy + '%';
    return [meter, terrain.fixed(100 * accuracy, 1) + ' %'];
  }

  const diagnosis = ({ sentence, scores }) => section('diagnosis', 'Diagnosis',
    make('p', {}, sentence),
    scores?.length
      ? table(['rule', 'right', 'cells'], scores.map((one) => [one.rule, share(one.accuracy), String(one.n)]))
      : []);

  const suggestion = ({ sentence, command, cells }) => section('suggestion', 'Refine here',
    make('p', {}, sentence, ' ', cellsButton(cells)),
    command ? make('p', {}, make('button', { type: 'button', class: 'command',
      click: (event) => terrain.copy(command, event.currentTarget) }, command)) : []);

  /** Sections of all that was found out. */
  terrain.showFindings = () => {
    const { data } = terrain;
    document.getElementById('findings').append(
      ...(data.verdicts?.length ? [verdicts(data.verdicts)] : []),
      ...(data.trends ? [trends(data.trends)] : []),
      ...(data.descents?.length ? [descents(data.descents)] : []),
      ...(data.diagnosis ? [diagnosis(data.diagnosis)] : []),
      ...(data.suggestion ? [suggestion(data.suggestion)] : []));
  };

  /** A piece of a boundary's line, as the maps draw it. */
  function sample(dashes) {
    const line = make('canvas', { class: 'sample', width: 60, height: 12, 'aria-hidden': 'true' });
    const pen = line.getContext('2d');
    pen.strokeStyle = terrain.look().text;
    pen.lineWidth = 4;
    pen.setLineDash((dashes ?? []).map((length) => 2 * length));
    pen.moveTo(0, 6);
    pen.lineTo(60, 6);
    pen.stroke();
    return line;
  }

  function boundaryText(diagram) {
    const boundaries = diagram?.boundaries ?? [];
    const dashes = terrain.dashes(boundaries);
    const lines = boundaries.map((one, i) =>
      [one.lines?.length ? sample(dashes[i]) : '', make('b', {}, one.name), ': ', one.sentence || (one.none ? `no boundary here (${one.none}).` : '')]);
    if (diagram?.triple) {
      lines.push([make('b', {}, 'Triple point'), ': ', diagram.triple.sentence]);
    }
    return lines;
  }

  /** What is known of the boundaries of the diagram that is looked at. */
  terrain.showBoundaries = () => {
    const lines = boundaryText(terrain.diagram());
    const list = document.getElementById('boundaries');
    list.hidden = lines.length === 0;
    list.replaceChildren(...lines.map((line) => make('li', {}, line)));
  };
}
