// The maps of one diagram: its phases, a metric, and the difference to another study.
{
  const ARROWS = { hotter: 0, colder: 180, 'larger load': 90, 'smaller load': 270 };

  const CROSSOVER = new Set(['IV-A', 'IV-B']);

  /** Dashes that tell boundaries apart: crossovers dotted, the others in turn. */
  const DOTTED = [2, 3];
  const SHARP = [null, [11, 4], [7, 3, 2, 3]];

  terrain.dashes = (boundaries) => {
    const sharp = boundaries.filter((boundary) => !boundary.crossover);
    return boundaries.map((boundary) =>
      boundary.crossover ? DOTTED : SHARP[sharp.indexOf(boundary) % SHARP.length]);
  };

  /** Sides between cells of different phases: where nobody has fitted a boundary. */
  function sides(diagram) {
    const phase = new Map(diagram.cells.map((cell) => [cell.column + ',' + cell.row, cell.phase]));
    const sharp = [];
    const smooth = [];
    for (const cell of diagram.cells) {
      for (const [across, up] of [[1, 0], [0, 1]]) {
        const next = phase.get(cell.column + across + ',' + (cell.row + up));
        if (cell.phase && next && next !== cell.phase) {
          const x = cell.column + 0.5;
          const y = cell.row + 0.5;
          const side = across ? [[x, y - 1], [x, y]] : [[x - 1, y], [x, y]];
          (CROSSOVER.has(next) && CROSSOVER.has(cell.phase) ? smooth : sharp).push(side);
        }
      }
    }
    return { sharp, smooth };
  }

  /** Boundaries with bands where they are known, else the sides of the cells. */
  function boundaries(diagram, look, width, withBands) {
    if (!terrain.state.boundaries || !diagram) {
      return [];
    }
    const known = diagram.boundaries.filter((boundary) => boundary.lines?.length);
    if (known.length === 0) {
      const { sharp, smooth } = sides(diagram);
      return [
        ...(sharp.length ? terrain.lines('border between phases', sharp, look, { width }) : []),
        ...(smooth.length
          ? terrain.lines('crossover between IV-A and IV-B', smooth, look, { width, dashes: DOTTED })
          : []),
      ];
    }
    const dashes = terrain.dashes(diagram.boundaries);
    return known.flatMap((boundary) => [
      ...(withBands && boundary.band?.length
        ? [terrain.band(boundary.name + ', band', boundary.band, look)]
        : []),
      ...terrain.lines(boundary.name, boundary.lines, look, {
        width, dashes: dashes[diagram.boundaries.indexOf(boundary)],
      }),
    ]);
  }

  function triple(point, look) {
    return [
      ...terrain.lines('interval of the triple point', [
        [[point.lowX, point.y], [point.highX, point.y]],
        [[point.x, point.lowY], [point.x, point.highY]],
      ], look, { width: 1.2 }),
      terrain.signs('triple point', [{ column: point.x, row: point.y }], 'circle', 10,
        { color: look.casing, borderColor: look.text, borderWidth: 2.5 }),
    ];
  }

  function arrows(diagram, frame, look) {
    const size = Math.max(Math.min(frame.cellWidth, frame.cellHeight) * 0.62, 4);
    const style = { color: look.text, borderColor: look.casing, borderWidth: 1 };
    const towards = new Map();
    for (const cell of diagram.cells) {
      const direction = cell.advice?.direction;
      if (direction) {
        towards.set(direction, [...(towards.get(direction) ?? []), cell]);
      }
    }
    return [...towards].map(([direction, cells]) =>
      direction in ARROWS
        ? terrain.signs(direction, cells, 'path://M0 -10 L7 1 L2.5 0 L2.5 10 L-2.5 10 L-2.5 0 L-7 1 Z',
          [size * 0.75, size], style, -ARROWS[direction])
        : terrain.signs(direction, cells, direction === 'none' ? 'circle' : 'rect',
          direction === 'none' ? size * 0.25 : [size * 0.4, 1.5], { color: look.text, opacity: 0.7 }));
  }

  /** Rings on the cells that a verdict or a sentence rests on. */
  function marks(diagram, frame, look) {
    const cells = (diagram?.cells ?? []).filter((cell) => terrain.state.marked.has(cell.id));
    const size = Math.max(Math.min(frame.cellWidth, frame.cellHeight) * 0.7, 5);
    return cells.length === 0
      ? []
      : [terrain.signs('marked', cells, 'circle', size,
        { color: 'transparent', borderColor: look.casing, borderWidth: 4 }),
      terrain.signs('marked', cells, 'circle', size,
        { color: 'transparent', borderColor: look.text, borderWidth: 2 })];
  }

  const allDiverged = (cell) => cell.diverged > 0 && !terrain.numbers(cell, { key: 'train_loss' })[0];

  terrain.phaseColour = (label, look) =>
    look.dark ? terrain.phases.get(label).dark : terrain.phases.get(label).colour;

  /** How opaque a phase is: fully where it is certain, a quarter where nothing speaks for it. */
  terrain.opacity = (probability) => 0.25 + 0.75 * (probability ?? 0);

  /** Of a diagram none of whose phases has a probability, as nobody knows the spread of the seeds. */
  const UNTOLD = 0.85;

  /** The phases of a diagram. */
  terrain.phaseMap = (of, diagram, frame, look) => {
    const option = terrain.mapOption(of.axes, frame, look);
    const cells = diagram?.cells ?? [];
    const known = cells.filter((cell) => terrain.phases.has(cell.phase) && !allDiverged(cell));
    const others = cells.filter((cell) => !known.includes(cell));
    const plain = terrain.state.arrows || !terrain.hasRoom(frame, 'IV-A');
    const told = cells.some((cell) => cell.probability != null);
    const two = told && terrain.hasRoom(frame, '100 %') && frame.cellHeight >= 30;
    option.series.push(
      terrain.filled('phase', known.map((cell) => {
        const colour = terrain.over(
          terrain.phaseColour(cell.phase, look),
          told ? terrain.opacity(cell.probability) : UNTOLD, look.card);
        const sure = cell.probability == null ? 'unsure' : terrain.percent(cell.probability);
        return {
          column: cell.column, row: cell.row, value: cell.probability ?? 0, colour,
          ink: terrain.ink(colour), weight: 600, size: 11.5,
          label: plain ? null : two ? `${cell.phase}\n{small|${sure}}` : cell.phase,
        };
      }), frame, look, {
        label: { rich: { small: { fontSize: 9.5, fontWeight: 400, lineHeight: 13 } } },
      }),
      terrain.hatched([
        ...terrain.gaps(diagram, frame),
        ...others.map((cell) => ({ ...cell, sign: allDiverged(cell) ? '\u00d7' : '?' })),
      ], frame, look),
      ...boundaries(diagram, look, 2.2, true));
    if (diagram?.triple && terrain.state.boundaries) {
      option.series.push(...triple(diagram.triple, look));
    }
    if (terrain.state.arrows && diagram) {
      option.series.push(...arrows(diagram, frame, look));
    }
    option.series.push(...marks(diagram, frame, look));
    // Heat maps want one, though these cells bring their own colours.
    option.visualMap = { type: 'continuous', show: false, min: 0, max: 1, seriesIndex: [0, 1] };
    return option;
  };

  /** One metric of a diagram. */
  terrain.metricMap = (of, diagram, metric, frame, look) => {
    const cells = (diagram?.cells ?? []).map((cell) => ({ cell, charted: terrain.charted(cell, metric) }));
    const [low, high] = terrain.range(metric);
    const ends = [low, high].map((end) =>
      terrain.label(metric.scale === 'logarithmic' ? 10 ** end : end, metric));
    const { sequential, diverging } = terrain.data.palettes;
    return coloured(of, diagram, frame, look, {
      name: metric.label,
      palette: metric.scale === 'diverging' ? diverging : sequential,
      range: [low, high],
      ends,
      known: cells
        .filter(({ charted }) => charted !== null)
        .map(({ cell, charted }) => ({
          cell, value: terrain.shade(charted, metric), text: terrain.label(charted, metric),
        })),
      unknown: cells
        .filter(({ charted }) => charted === null)
        .map(({ cell }) => ({ ...cell, sign: sign(cell, metric) })),
    });
  };

  function sign(cell, metric) {
    const mean = terrain.numbers(cell, metric)[0] ?? null;
    return mean !== null ? '\u2264 0' : allDiverged(cell) ? '\u00d7' : null;
  }

  /** Numbers of cells as colours. */
  function coloured(of, diagram, frame, look, map) {
    const option = terrain.mapOption(of.axes, frame, look);
    const [low, high] = map.range;
    option.series.push(
      terrain.filled(map.name, map.known.map(({ cell, value, text }) => ({
        column: cell.column, row: cell.row, value,
        label: terrain.hasRoom(frame, text) ? text : null,
        ink: terrain.ink(terrain.ramp(map.palette, (value - low) / (high - low))),
      })), frame, look),
      terrain.hatched([...terrain.gaps(diagram, frame), ...map.unknown], frame, look),
      ...boundaries(diagram, look, 1.3, false),
      ...marks(diagram, frame, look));
    option.visualMap = terrain.key(map.palette, map.range, map.ends, look, frame, 0);
    return option;
  }

  /** This study's cells less those of the other at equal values of the axes. */
  terrain.differenceMap = (diagram, metric, differences, frame, look) => {
    const most = Math.max(...differences.map(({ value }) => Math.abs(value)), 0) || 1;
    const shown = new Set(differences.map(({ cell }) => cell));
    return coloured(terrain.study, diagram, frame, look, {
      name: metric.label + ', difference',
      palette: terrain.data.palettes.diverging,
      range: [-most, most],
      ends: [-most, most].map((end) => terrain.significant(end, 2)),
      known: differences.map(({ cell, value }) => ({
        cell, value, text: (value > 0 ? '+' : '') + terrain.significant(value, Math.abs(value) < 0.1 ? 1 : 2),
      })),
      unknown: (diagram?.cells ?? []).filter((cell) => !shown.has(cell)),
    });
  };

  /** From one phase to another, on two lines where one is too long; null where neither has room. */
  function change(from, to, frame) {
    if (terrain.hasRoom(frame, `${from} \u2192 ${to}`)) {
      return `${from} \u2192 ${to}`;
    }
    return terrain.hasRoom(frame, '\u2192 ' + to) && frame.cellHeight >= 26 ? `${from}\n\u2192 ${to}` : null;
  }

  /** Where the two studies' phases agree, pale, and where they differ, with both names. */
  terrain.phaseDifferenceMap = (diagram, pairs, frame, look) => {
    const option = terrain.mapOption(terrain.study.axes, frame, look);
    const shown = new Set(pairs.map(({ cell }) => cell));
    option.series.push(
      terrain.filled('phases of both studies', pairs.map(({ cell, other }) => {
        const same = cell.phase === other.phase;
        const colour = terrain.over(terrain.phaseColour(cell.phase, look), same ? 0.22 : 1, look.card);
        return {
          column: cell.column, row: cell.row, value: same ? 0 : 1, colour, ink: terrain.ink(colour),
          label: same ? null : change(other.phase, cell.phase, frame), size: 10,
        };
      }), frame, look),
      terrain.hatched([
        ...terrain.gaps(diagram, frame),
        ...(diagram?.cells ?? []).filter((cell) => !shown.has(cell)).map((cell) => ({ ...cell })),
      ], frame, look),
      ...boundaries(diagram, look, 1.6, false),
      ...marks(diagram, frame, look));
    option.visualMap = { type: 'continuous', show: false, min: 0, max: 1, seriesIndex: [0, 1] };
    return option;
  };
}
