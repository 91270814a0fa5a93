// Two studies cell by cell: equal values of both axes are one place.
{
  terrain.isDifference = () => terrain.state.compare === 'difference' && terrain.other !== null;

  /** Cells of this study with the other's at the same place. */
  function shared() {
    const there = terrain.other && terrain.diagram(terrain.other);
    return (terrain.diagram()?.cells ?? [])
      .map((cell) => ({ cell, other: terrain.cellAt(there, cell) }))
      .filter(({ other }) => other !== undefined);
  }

  /** Places where both have a phase. */
  terrain.sharedPhases = () =>
    shared().filter(({ cell, other }) => terrain.phases.has(cell.phase) && terrain.phases.has(other.phase));

  /** Charted values of this study less the other's; of logarithmic ones the logarithm of the ratio. */
  terrain.differences = (metric) => {
    const there = terrain.other.metrics.get(metric.key);
    return there === undefined
      ? []
      : shared().flatMap(({ cell, other }) => {
        const here = terrain.charted(cell, metric);
        const beside = terrain.charted(other, metric);
        if (here === null || beside === null) {
          return [];
        }
        const value = metric.scale === 'logarithmic' ? Math.log(here / beside) : here - beside;
        return [{ cell, other, value }];
      });
  };

  terrain.differenceNote = (metric) =>
    (metric.scale === 'logarithmic' ? 'natural logarithm of the ratio' : 'difference') +
    `, ${terrain.study.title} less ${terrain.other.title}`;

  terrain.differenceSentence = (metric) => {
    const all = terrain.differences(metric);
    if (all.length === 0) {
      return 'No place has a value in both studies.';
    }
    const values = all.map(({ value }) => value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const low = all.reduce((a, b) => (b.value < a.value ? b : a));
    const high = all.reduce((a, b) => (b.value > a.value ? b : a));
    const text = (value) => (value > 0 ? '+' : '') + terrain.significant(value, 3);
    return `${text(mean)} on average over ${values.length} shared cells; from ${text(low.value)} ` +
      `(${terrain.where(terrain.study, low.cell)}) to ${text(high.value)} ` +
      `(${terrain.where(terrain.study, high.cell)}).`;
  };

  terrain.phaseDifferenceSentence = () => {
    const pairs = terrain.sharedPhases();
    if (pairs.length === 0) {
      return 'No place has a phase in both studies.';
    }
    const changes = new Map();
    for (const { cell, other } of pairs) {
      if (cell.phase !== other.phase) {
        const change = `${other.phase} \u2192 ${cell.phase}`;
        changes.set(change, (changes.get(change) ?? 0) + 1);
      }
    }
    const same = pairs.length - [...changes.values()].reduce((sum, n) => sum + n, 0);
    const listed = [...changes].sort((a, b) => b[1] - a[1]).map(([change, n]) => `${change} ${n}`);
    return `${same} of ${pairs.length} shared cells are in the same phase in both studies` +
      (listed.length ? `; from ${terrain.other.title} to ${terrain.study.title}: ${listed.join(', ')}.` : '.');
  };

  const sentence = (diagram, get) => (diagram && get(diagram)) ?? 'No cell has these values.';

  /** What the maps of this study show, or of both where both are shown. */
  terrain.sentences = (get) =>
    (terrain.other === null || terrain.state.compare !== 'both'
      ? sentence(terrain.diagram(), get)
      : [terrain.study, terrain.other]
        .map((of) => `${of.title}: ${sentence(terrain.diagram(of), get)}`)
        .join(' '));

  /** The panes of a map: one study, both, or their difference. */
  terrain.panes = (top, draw, difference) => {
    const here = terrain.diagram();
    if (terrain.other === null || terrain.state.compare === 'one') {
      return [{ of: terrain.study, diagram: here, top,
        draw: (frame, look) => draw(terrain.study, here, frame, look) }];
    }
    if (terrain.isDifference()) {
      return [{ of: terrain.study, diagram: here, top,
        draw: (frame, look) => difference(here, frame, look) }];
    }
    const there = terrain.diagram(terrain.other);
    return [
      { title: terrain.study.title, of: terrain.study, diagram: here, top,
        draw: (frame, look) => draw(terrain.study, here, frame, look) },
      { title: terrain.other.title + (there ? '' : ': no such diagram'), of: terrain.other, diagram: there, top,
        draw: (frame, look) => draw(terrain.other, there, frame, look) },
    ];
  };
}
