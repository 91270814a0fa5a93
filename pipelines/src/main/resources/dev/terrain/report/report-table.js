// The cells of the diagram as a table, a page of rows at a time.
{
  const make = terrain.element;
  const ROWS = 50;

  /** Rows that a printed page has at most; the data of a figure have all. */
  const PRINTED = 200;

  let first = 0;
  let sort = null;
  let rising = true;

  const text = (cell, metric) => {
    const [mean, deviation, n, , all] = terrain.numbers(cell, metric);
    return mean == null
      ? '\u2013'
      : terrain.significant(mean, 4) +
        (deviation == null ? '' : ' \u00b1 ' + terrain.significant(deviation, 2)) +
        (all > n ? ` (${n} of ${all})` : '');
  };

  function columns() {
    const { load, temperature } = terrain.study.axes;
    return [
      { title: terrain.words(load.setting), key: (cell) => cell.load, text: (cell) => terrain.plain(cell.load) },
      { title: terrain.words(temperature.setting), key: (cell) => cell.temperature,
        text: (cell) => terrain.plain(cell.temperature) },
      { title: 'models', key: (cell) => cell.models,
        text: (cell) => cell.models + (cell.diverged ? ` (${cell.diverged} diverged)` : '') },
      { title: 'phase', key: (cell) => cell.phase ?? '', text: (cell) => cell.phase ?? '\u2013' },
      { title: 'probability', key: (cell) => cell.probability ?? -1,
        text: (cell) => (cell.probability == null ? '\u2013' : terrain.percent(cell.probability)) },
      ...terrain.headlines.map((metric) => ({
        title: metric.name + (metric.unit === 'percent' ? ', %' : ''),
        key: (cell) => terrain.numbers(cell, metric)[0] ?? -Infinity, text: (cell) => text(cell, metric),
      })),
      { title: 'what to change', key: (cell) => cell.advice?.direction ?? '',
        text: (cell) => cell.advice?.direction ?? '\u2013' },
      { title: 'why this phase', key: (cell) => cell.why ?? '', text: (cell) => cell.why ?? '' },
    ].filter((column) => column.title !== 'what to change' ||
      terrain.diagram()?.cells.some((cell) => cell.advice));
  }

  function sorted(cells, shown) {
    const column = shown.find((one) => one.title === sort);
    return column === undefined
      ? cells
      : [...cells].sort((a, b) => {
        const x = column.key(a);
        const y = column.key(b);
        return (x < y ? -1 : x > y ? 1 : 0) * (rising ? 1 : -1);
      });
  }

  /** The table, by default as many rows as are read at once. */
  terrain.showTable = (rows = ROWS) => {
    const node = document.getElementById('cells');
    if (!node.open) {
      return;
    }
    const shown = columns();
    const cells = sorted(terrain.diagram()?.cells ?? [], shown);
    first = Math.min(first, Math.max(cells.length - 1, 0));
    const part = cells.slice(first, first + rows);
    const turn = (by, label) => make('button', {
      type: 'button', disabled: first + by < 0 || first + by >= cells.length,
      click: () => { first = Math.max(first + by, 0); terrain.showTable(); },
    }, label);
    document.getElementById('rows').replaceChildren(
      make('div', { class: 'scroll' }, make('table', { class: 'cells' },
        make('thead', {}, make('tr', {}, shown.map((column) => make('th', {
          scope: 'col',
          'aria-sort': column.title === sort ? (rising ? 'ascending' : 'descending') : 'none',
        }, make('button', { type: 'button', click: () => order(column.title) }, column.title))))),
        make('tbody', {}, part.map((cell) => make('tr', {
          click: () => terrain.select({ load: cell.load, temperature: cell.temperature }, true),
        }, shown.map((column) => make('td', {}, column.text(cell)))))))),
      make('p', { class: 'turn' },
        cells.length ? `rows ${first + 1} to ${first + part.length} of ${cells.length} ` : 'no cells',
        cells.length > rows ? [turn(-ROWS, '\u2190'), turn(ROWS, '\u2192')] : ''));
  };

  function order(title) {
    rising = sort === title ? !rising : true;
    sort = title;
    first = 0;
    terrain.showTable();
  }

  terrain.printTable = () => {
    document.getElementById('cells').open = true;
    first = 0;
    terrain.showTable(PRINTED);
  };

  terrain.on('diagram', () => terrain.showTable());
}
