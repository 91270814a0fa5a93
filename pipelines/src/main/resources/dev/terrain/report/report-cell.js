// The panel beside the maps: everything about the cell that is looked at.
{
  const make = terrain.element;
  const POINT = {
    hotter: '\u2191', colder: '\u2193', 'larger load': '\u2190', 'smaller load': '\u2192', none: '\u2022',
    'not decidable': '?',
  };
  const open = new Set();

  /** What is made only where a condition holds. */
  const optional = (condition, content) => (condition ? [content()] : []);

  function chip(label) {
    const phase = terrain.phases.get(label);
    const swatch = make('span', { class: 'swatch' });
    swatch.style.background = terrain.phaseColour(label, terrain.look());
    return make('span', { class: 'chip' }, swatch, make('b', {}, label), ' ' + phase.nickname);
  }

  function probabilities(cell) {
    const known = Object.entries(cell.probabilities ?? {}).filter(([label]) => terrain.phases.has(label));
    if (known.length === 0) {
      return [];
    }
    const bar = make('div', { class: 'shares', role: 'img', 'aria-label': 'probabilities of the phases' });
    for (const [label, share] of known) {
      const part = make('span', { title: `${label} ${terrain.percent(share)}` });
      part.style.flexGrow = share;
      part.style.background = terrain.phaseColour(label, terrain.look());
      bar.append(part);
    }
    const text = known
      .filter(([, share]) => share >= 0.005)
      .map(([label, share]) => `${label} ${terrain.percent(share)}`)
      .join(' \u00b7 ');
    return [bar, make('p', { class: 'small' }, text)];
  }

  function advice(cell) {
    const { text, direction, gain, evidence, baseline } = cell.advice ?? {};
    return optional(text, () => make('div', { class: 'advice' },
      make('span', { class: 'sign', 'aria-hidden': 'true' }, POINT[direction] ?? '?'),
      make('div', {},
        make('b', {}, text),
        optional(gain != null, () => make('p', {}, `Expected gain ${terrain.significant(gain, 2)} points of test accuracy.`)),
        optional(evidence, () => make('p', {}, evidence)),
        optional(baseline, () => make('p', { class: 'small' }, 'A rule that sees the settings only: ' + baseline)))));
  }

  /** Mean, deviation, sample and error of one metric, as they stand in a row of the panel. */
  function value(cell, metric) {
    const [mean, deviation, n, error, all, reason] = terrain.numbers(cell, metric);
    if (mean === null || mean === undefined) {
      return reason ? `no value (${reason})` : '\u2013';
    }
    const charted = terrain.charted(cell, metric);
    return [
      make('b', {}, terrain.significant(mean, 4)),
      optional(deviation != null, () => ' \u00b1 ' + terrain.significant(deviation, 2)),
      optional(metric.unit, () => ' ' + terrain.unit(metric)),
      optional(metric.scale === 'ln' && charted !== null, () => `, ln ${terrain.fixed(charted, 2)}`),
      make('span', { class: 'small', title: `mean over ${n} ${metric.over}${n === 1 ? '' : 's'}` },
        ` n\u00a0=\u00a0${n}${all > n ? '\u00a0of\u00a0' + all : ''}`,
        optional(error != null, () => `, measured to \u00b1 ${terrain.significant(error, 2)}`)),
    ];
  }

  function numbers(metrics, cell, beside) {
    return make('table', { class: 'numbers' }, make('tbody', {}, metrics.map((metric) =>
      make('tr', {},
        make('th', { scope: 'row', title: metric.definition }, metric.name),
        make('td', {}, value(cell, metric)),
        optional(terrain.other, () => make('td', {}, beside ? value(beside, metric) : '\u2013'))))));
  }

  /** Content that is made when it is unfolded, and stays unfolded from cell to cell. */
  function fold(title, content) {
    const details = make('details', { open: open.has(title) }, make('summary', {}, title));
    const fill = () => {
      if (details.open && details.children.length === 1) {
        details.append(...[content()].flat());
      }
    };
    details.addEventListener('toggle', () => {
      open[details.open ? 'add' : 'delete'](title);
      fill();
    });
    fill();
    return details;
  }

  function seeds(cell) {
    return make('table', { class: 'numbers' },
      make('thead', {}, make('tr', {}, ['seed', 'train loss', 'test acc., %', 'model'].map((name) => make('th', {}, name)))),
      make('tbody', {}, cell.seeds.map((seed) => make('tr', {},
        make('td', {}, String(seed.seed)),
        make('td', {}, seed.diverged ? 'diverged' : seed.loss == null ? '\u2013' : terrain.significant(seed.loss, 4)),
        make('td', {}, seed.accuracy == null ? '\u2013' : terrain.fixed(seed.accuracy, 2)),
        make('td', {}, make('button', { type: 'button', class: 'command', title: 'copy: terrain show ' + seed.model,
          click: (event) => terrain.copy('terrain show ' + seed.model, event.currentTarget) },
        seed.model.slice(0, 10)))))));
  }

  function links(cell) {
    return make('p', { class: 'links' }, (cell.links ?? []).map((link) =>
      link.href
        ? make('a', { href: link.href, click: () => unfold(link.href) }, link.text)
        : make('button', { type: 'button', class: 'command', title: 'copy this command',
          click: (event) => terrain.copy(link.text, event.currentTarget) },
        link.text.length > 34 ? link.text.slice(0, 33) + '\u2026' : link.text)));
  }

  function unfold(href) {
    const target = document.getElementById(href.slice(1));
    if (target) {
      target.open = true;
    }
  }

  function heading(place) {
    const at = Object.entries(terrain.state.at).map(([name, text]) => `${terrain.words(name)} ${text}`);
    return make('header', {},
      make('div', {},
        make('h3', {}, terrain.where(terrain.study, place)),
        optional(at.length, () => make('span', { class: 'small' }, at.join(', ')))),
      make('button', { type: 'button', class: 'pin', 'aria-pressed': String(terrain.state.pinned),
        click: () => (terrain.state.pinned ? terrain.select(null, false) : terrain.select(place, true)) },
      terrain.state.pinned ? 'let go' : 'pin'));
  }

  function whole(place) {
    const cell = terrain.cellAt(terrain.diagram(), place);
    const beside = terrain.other && terrain.cellAt(terrain.diagram(terrain.other), place);
    if (!cell && !beside) {
      return [heading(place), make('p', {}, 'Not measured.')];
    }
    const names = optional(terrain.other, () => make('p', { class: 'small' },
      `Left ${terrain.study.title}, right ${terrain.other.title}` +
      (beside?.phase ? `, there in phase ${beside.phase}` : '') + '.'));
    if (!cell) {
      return [heading(place), names, make('p', {}, 'Not measured in this study.'), numbers(terrain.headlines, undefined, beside)];
    }
    return [
      heading(place),
      make('p', { class: 'phase' },
        terrain.phases.has(cell.phase) ? chip(cell.phase) : 'Phase cannot be told',
        optional(cell.probability != null, () => make('b', {}, ' ' + terrain.percent(cell.probability))),
        optional(cell.phase && cell.probability == null, () => ' probability not known' + (cell.unsure ? `: ${cell.unsure}` : ''))),
      probabilities(cell),
      optional(cell.why, () => make('p', { class: 'small' }, cell.why)),
      advice(cell),
      names,
      numbers(terrain.headlines, cell, beside),
      optional(Object.keys(cell.distances ?? {}).length, () => make('p', { class: 'small' },
        'Steps to the ' + Object.entries(cell.distances)
          .map(([name, steps]) => `${name}: ${terrain.fixed(steps, 1)}`).join('; '))),
      make('p', { class: 'small' }, `${cell.models} model${cell.models === 1 ? '' : 's'}` +
        (cell.diverged ? `, ${cell.diverged} diverged and left out` : '')),
      optional(terrain.further.length, () => fold(`all other metrics (${terrain.further.length})`,
        () => numbers(terrain.further, cell, beside))),
      optional(cell.seeds?.length, () => fold(`seeds (${cell.seeds.length})`, () => seeds(cell))),
      links(cell),
    ];
  }

  /** Fills the panel with the cell that is looked at, or with what to do. */
  terrain.showCell = () => {
    const panel = document.getElementById('cell');
    const { place } = terrain.state;
    panel.classList.toggle('empty', place === null);
    panel.classList.toggle('pinned', terrain.state.pinned);
    panel.replaceChildren(...(place === null
      ? [make('p', {}, 'Point at a cell to see it in every map, with all its numbers. A click, or Enter, pins it.')]
      : whole(place).flat(3)));
  };

  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(terrain.showCell);
  };
  terrain.on('place', soon);
  terrain.on('diagram', soon);
}
