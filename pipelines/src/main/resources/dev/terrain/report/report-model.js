// The data of the page, what is looked at, and values of cells as charts have them.
{
  const data = JSON.parse(document.getElementById('data').textContent);

  function study(source) {
    const metrics = new Map(source.metrics?.map((metric) => [metric.key, metric]) ?? []);
    return {
      title: source.title,
      axes: source.axes,
      further: source.further ?? [],
      metrics,
      diagrams: (source.diagrams ?? []).map((diagram) => ({
        ...diagram,
        name: diagram.name ?? '',
        at: diagram.at ?? {},
        cells: diagram.cells ?? [],
        boundaries: diagram.boundaries ?? [],
        sentences: diagram.sentences ?? {},
      })),
    };
  }

  terrain.data = data;
  terrain.study = study(data);
  terrain.other = data.against ? study(data.against) : null;

  terrain.phases = new Map(data.phases.map((phase) => [phase.label, phase]));

  /** What is looked at: values of the further axes, a place by its values, and what is drawn. */
  terrain.state = {
    at: Object.fromEntries(terrain.study.further.map((axis) => [axis.setting, axis.values[0]])),
    place: null,
    pinned: false,
    marked: new Set(),
    arrows: false,
    boundaries: true,
    compare: 'one',
  };

  /** The diagram of a study that is looked at; null where it has none. */
  terrain.diagram = (of = terrain.study) =>
    of.diagrams.find((diagram) =>
      Object.entries(terrain.state.at).every(
        ([setting, value]) => !(setting in diagram.at) || diagram.at[setting] === value)) ?? null;

  const places = new WeakMap();

  const placeKey = (load, temperature) => load + '|' + temperature;

  /** The cell of a diagram by its values; undefined where nothing was measured. */
  terrain.cellAt = (diagram, place) => {
    if (!diagram || !place) {
      return undefined;
    }
    if (!places.has(diagram)) {
      places.set(
        diagram, new Map(diagram.cells.map((cell) => [placeKey(cell.load, cell.temperature), cell])));
    }
    return places.get(diagram).get(placeKey(place.load, place.temperature));
  };

  /** [mean, deviation, n, error, all, reason] of a cell; empty if it was not measured. */
  terrain.numbers = (cell, metric) => cell?.values?.[metric.key] ?? [];

  /** The mean or its natural logarithm; null if there is none. */
  terrain.charted = (cell, metric) => {
    const mean = terrain.numbers(cell, metric)[0] ?? null;
    if (mean === null || ((metric.scale === 'ln' || metric.scale === 'logarithmic') && mean <= 0)) {
      return null;
    }
    return metric.scale === 'ln' ? Math.log(mean) : mean;
  };

  /** What colours follow: the charted value or its decimal logarithm. */
  terrain.shade = (charted, metric) =>
    metric.scale === 'logarithmic' ? Math.log10(charted) : charted;

  const ranges = new Map();

  /** Limits of a metric's colours: the extremes over all diagrams of both studies. */
  terrain.range = (metric) => {
    if (!ranges.has(metric.key)) {
      let low = Infinity;
      let high = -Infinity;
      for (const of of [terrain.study, terrain.other]) {
        for (const diagram of of?.diagrams ?? []) {
          for (const cell of diagram.cells) {
            const charted = terrain.charted(cell, metric);
            if (charted !== null) {
              const shade = terrain.shade(charted, metric);
              low = Math.min(low, shade);
              high = Math.max(high, shade);
            }
          }
        }
      }
      ranges.set(metric.key, limits(metric.scale, low, high));
    }
    return ranges.get(metric.key);
  };

  function limits(scale, low, high) {
    if (!(low <= high)) {
      return [0, 1];
    }
    if (scale === 'diverging') {
      const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
      return [-most, most];
    }
    const room = high > low ? 0 : Math.max(Math.abs(low) * 0.05, 0.05);
    return [low - room, high + room];
  }

  /** A charted value as a cell of a map shows it. */
  terrain.label = (charted, metric) => {
    const size = Math.abs(charted);
    if (metric.unit === 'percent') {
      return terrain.fixed(charted, 1);
    }
    if (metric.scale === 'ln') {
      return terrain.fixed(charted, 2);
    }
    if (metric.scale === 'logarithmic') {
      return terrain.significant(charted, size < 0.01 ? 1 : 2);
    }
    if (metric.scale === 'diverging') {
      return terrain.significant(charted, size < 0.1 ? 1 : 2);
    }
    return size <= 1 && size >= 0.01 ? terrain.fixed(charted, 2) : terrain.significant(charted, 3);
  };

  terrain.unit = (metric) => (metric.unit === 'percent' ? '%' : metric.unit);

  /** A place in words. */
  terrain.where = (of, place) =>
    `${terrain.words(of.axes.load.setting)} ${terrain.plain(place.load)}, ` +
    `${terrain.words(of.axes.temperature.setting)} ${terrain.plain(place.temperature)}`;

  /** The headline metrics, accuracy first as in the study; then all others. */
  terrain.headlines = [...terrain.study.metrics.values()]
    .filter((metric) => metric.headline)
    .sort((a, b) => (b.key === 'test_accuracy') - (a.key === 'test_accuracy'));
  terrain.further = [...terrain.study.metrics.values()].filter((metric) => !metric.headline);

  /** The measured cell with the best test accuracy, or just the first, and its diagram. */
  function best() {
    const accuracy = terrain.study.metrics.get('test_accuracy');
    let found = null;
    for (const diagram of terrain.study.diagrams) {
      for (const cell of diagram.cells) {
        const mean = (accuracy && terrain.charted(cell, accuracy)) ?? -Infinity;
        if (found === null || mean > found.mean) {
          found = { diagram, cell, mean };
        }
      }
    }
    return found;
  }

  /** Begins with the best cell, of which the page's first sentence tells. */
  terrain.begin = () => {
    const found = best();
    if (found !== null) {
      Object.assign(terrain.state.at, found.diagram.at);
      // On a narrow page what is known of a cell would hide the maps.
      if (matchMedia('(min-width: 1061px)').matches) {
        terrain.state.place = { load: found.cell.load, temperature: found.cell.temperature };
      }
    }
  };

  /** Looks at a place; a pinned one stays until another is pinned or it is let go. */
  terrain.select = (place, pin = null) => {
    const { state } = terrain;
    if (pin === null && state.pinned) {
      return;
    }
    const same =
      place?.load === state.place?.load && place?.temperature === state.place?.temperature;
    if (same && pin === null) {
      return;
    }
    state.pinned = pin === true && !(same && state.pinned);
    state.place = place;
    terrain.emit('place');
  };
}
