// Puts the page together.
{
  const make = terrain.element;
  const { state } = terrain;

  const base = () => {
    const { load, temperature } = terrain.study.axes;
    return [load.setting, temperature.setting, ...Object.keys(state.at)];
  };

  const baseRow = (cell) => [cell.load, cell.temperature, ...Object.values(state.at)];

  const cells = () => terrain.diagram()?.cells ?? [];

  function legend(look) {
    const counts = new Map();
    cells().forEach((cell) => counts.set(cell.phase, (counts.get(cell.phase) ?? 0) + 1));
    return terrain.data.phases.map((phase) => ({
      colour: terrain.phaseColour(phase.label, look), text: `${phase.label} ${phase.nickname.toLowerCase()}`,
      label: phase.label, nickname: phase.nickname, meaning: phase.meaning, n: counts.get(phase.label) ?? 0,
    }));
  }

  function lineLegend(look) {
    const boundaries = terrain.state.boundaries ? terrain.diagram()?.boundaries ?? [] : [];
    const dashes = terrain.dashes(boundaries);
    return boundaries
      .map((boundary, i) => ({ colour: look.text, text: boundary.name, line: true, dashes: dashes[i], boundary }))
      .filter(({ boundary }) => boundary.lines?.length);
  }

  function showLegend() {
    const look = terrain.look();
    const strength = [0.25, 0.5, 0.75, 1].map((p) => {
      const part = make('span', {}, terrain.percent(p));
      const colour = terrain.over(terrain.phaseColour('IV-B', look), terrain.opacity(p), look.card);
      part.style.background = colour;
      part.style.color = terrain.ink(colour);
      return part;
    });
    document.getElementById('legend').replaceChildren(
      ...legend(look).map((one) => {
        const swatch = make('span', { class: 'swatch' });
        swatch.style.background = one.colour;
        return make('li', { class: one.n ? '' : 'none', title: one.meaning }, swatch,
          make('span', {}, make('b', {}, one.label), ' ' + one.nickname.toLowerCase(), make('small', {}, one.meaning)),
          make('span', { class: 'n' }, String(one.n)));
      }),
      make('li', { class: 'strength' }, make('div', {}, strength), make('small', {}, 'fainter: less probable')));
  }

  const phaseFigure = () => new terrain.Figure({
    large: true,
    beside: make('ul', { id: 'legend', class: 'legend', 'aria-label': 'Legend' }),
    title: () => (terrain.isDifference() ? 'Phases, difference' : 'Phases'),
    note: () => atNote(),
    sentence: () => (terrain.isDifference()
      ? terrain.phaseDifferenceSentence()
      : terrain.sentences((diagram) => diagram.sentence)),
    legend: (look) => [...legend(look), ...lineLegend(look)],
    panes: () => terrain.panes(8, terrain.phaseMap, (diagram, frame, look) =>
      terrain.phaseDifferenceMap(diagram, terrain.sharedPhases(), frame, look)),
    rows: () => [
      [...base(), 'phase', 'probability', ...terrain.data.phases.map((phase) => 'probability ' + phase.label), 'what to change'],
      ...cells().map((cell) => [...baseRow(cell), cell.phase, cell.probability,
        ...terrain.data.phases.map((phase) => cell.probabilities?.[phase.label]), cell.advice?.direction]),
    ],
  });

  const atNote = () => Object.entries(state.at)
    .map(([name, value]) => `${terrain.words(name)} ${value}`).join(', ');

  function note(metric) {
    const parts = [atNote()];
    if (terrain.isDifference()) {
      parts.push(terrain.differenceNote(metric));
    } else {
      parts.push(metric.scale === 'ln' ? '' : terrain.unit(metric));
      parts.push(metric.scale === 'logarithmic' ? 'logarithmic colours' : '');
      parts.push(metric.better === 'neither' ? '' : metric.better + ' is better');
    }
    return parts.filter((part) => part !== '').join(' \u00b7 ');
  }

  const metricFigure = (metric, close) => new terrain.Figure({
    close,
    title: () => metric.label + (terrain.isDifference() ? ', difference' : ''),
    note: () => note(metric),
    sentence: () => (terrain.isDifference()
      ? terrain.differenceSentence(metric)
      : terrain.sentences((diagram) => diagram.sentences[metric.key])),
    panes: () => terrain.panes(26,
      (of, diagram, frame, look) => terrain.metricMap(of, diagram, of.metrics.get(metric.key) ?? metric, frame, look),
      (diagram, frame, look) => terrain.differenceMap(diagram, metric, terrain.differences(metric), frame, look)),
    rows: () => [
      [...base(), metric.key + ' mean', 'standard deviation', 'n', 'measurement error'],
      ...cells().map((cell) => [...baseRow(cell), ...[0, 1, 2, 3].map((i) => terrain.numbers(cell, metric)[i])]),
    ],
  });

  function toggle(label, name) {
    const box = make('input', { type: 'checkbox', change: () => {
      state[name] = box.checked;
      terrain.emit('diagram');
    } });
    box.checked = state[name];
    return make('label', { class: 'toggle' }, box, label);
  }

  function slider(axis) {
    const now = state.at[axis.setting];
    const shown = make('output', {}, now);
    const input = make('input', {
      type: 'range', min: 0, max: axis.values.length - 1, step: 1, value: axis.values.indexOf(now),
      'aria-label': terrain.words(axis.setting), 'aria-valuetext': now,
      input: () => {
        const value = axis.values[Number(input.value)];
        state.at[axis.setting] = value;
        shown.textContent = value;
        input.setAttribute('aria-valuetext', value);
        terrain.emit('diagram');
      },
    });
    return make('label', { class: 'slider' }, terrain.words(axis.setting), input, shown);
  }

  function compareChoice() {
    const names = { one: terrain.study.title, both: 'side by side', difference: 'difference' };
    return make('div', { class: 'choice', role: 'group', 'aria-label': 'Two studies' },
      Object.entries(names).map(([mode, label]) => {
        const button = make('button', { type: 'button', 'aria-pressed': String(mode === state.compare), click: () => {
          state.compare = mode;
          button.parentNode.querySelectorAll('button').forEach((one) =>
            one.setAttribute('aria-pressed', String(one === button)));
          document.getElementById('grid').classList.toggle('both', mode === 'both');
          terrain.emit('diagram');
        } }, label);
        return button;
      }));
  }

  function addMetric() {
    const select = make('select', { 'aria-label': 'Add a map of another metric', change: () => {
      const metric = terrain.study.metrics.get(select.value);
      const option = select.selectedOptions[0];
      option.disabled = true;
      select.value = '';
      const figure = metricFigure(metric, () => (option.disabled = false));
      document.getElementById('grid').append(figure.node);
      figure.node.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    } },
    make('option', { value: '' }, 'add a map of \u2026'),
    [...byStage()].map(([stage, metrics]) => make('optgroup', { label: stage }, metrics.map((metric) =>
      make('option', { value: metric.key, title: metric.definition }, metric.label)))));
    return select;
  }

  function byStage() {
    const stages = new Map();
    terrain.further.forEach((metric) =>
      stages.set(metric.stage, [...(stages.get(metric.stage) ?? []), metric]));
    return stages;
  }

  function controls() {
    const bar = document.getElementById('controls');
    bar.append(
      ...terrain.study.further.filter((axis) => axis.values.length > 1).map(slider),
      ...(terrain.other ? [compareChoice()] : []),
      toggle('boundaries', 'boundaries'),
      ...(terrain.study.diagrams.some((diagram) => diagram.cells.some((cell) => cell.advice))
        ? [toggle('what to change', 'arrows')]
        : []),
      ...(terrain.further.length ? [addMetric()] : []));
  }

  function themes() {
    document.getElementById('theme').addEventListener('click', () => {
      const dark = terrain.look().dark;
      document.documentElement.dataset.theme = dark ? 'light' : 'dark';
      terrain.emit('diagram');
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => terrain.emit('diagram'));
  }

  /** Prints every map as lines rather than dots, and all rows of the table. */
  function printing() {
    addEventListener('beforeprint', () => {
      terrain.figures.forEach((figure) => {
        figure.paper?.remove();
        figure.paper = make('div', { class: 'paper' });
        figure.paper.innerHTML = figure.svg(figure.large ? 700 : 345).join('');
        figure.node.append(figure.paper);
      });
      terrain.printTable();
    });
    addEventListener('afterprint', () => {
      terrain.figures.forEach((figure) => figure.paper?.remove());
      terrain.showTable();
    });
  }

  function start() {
    terrain.begin();
    controls();
    document.getElementById('main').append(phaseFigure().node);
    document.getElementById('grid').append(...terrain.headlines.map((metric) => metricFigure(metric).node));
    terrain.showFindings();
    themes();
    printing();
    document.getElementById('cells').addEventListener('toggle', () => terrain.showTable());
    terrain.on('diagram', showLegend);
    terrain.on('diagram', terrain.showBoundaries);
    showLegend();
    terrain.showBoundaries();
    terrain.showCell();
    requestAnimationFrame(() => requestAnimationFrame(() =>
      (document.documentElement.dataset.drawn = Math.round(performance.now()))));
  }

  start();
}
