// Options of the charts: plain data, so that they can be copied as they are.
{
  // Single quotes inside: the library writes the name into attributes of SVG as it is.
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

  /** Labels are printed into cells that are at least so large, in pixels, where there are few. */
  const LABEL = { width: 30, height: 15, most: 700 };

  terrain.font = FONT;

  const pen = document.createElement('canvas').getContext('2d');

  terrain.textWidth = (text, size, weight = 400) => {
    pen.font = `${weight} ${size}px ${FONT}`;
    return pen.measureText(text).width;
  };

  /** Lines of a text that are at most so wide. */
  terrain.wrap = (text, width, size) => {
    const lines = [''];
    for (const word of text.split(' ')) {
      const longer = lines.at(-1) === '' ? word : lines.at(-1) + ' ' + word;
      if (lines.at(-1) !== '' && terrain.textWidth(longer, size) > width) {
        lines.push(word);
      } else {
        lines[lines.length - 1] = longer;
      }
    }
    return lines;
  };

  /** Where the cells of a map lie in its picture; top leaves room for a key. */
  terrain.frame = (axes, width, height, top) => {
    const columns = axes.load.values.length;
    const rows = axes.temperature.values.length;
    const longest = Math.max(
      ...axes.temperature.values.map((value) => terrain.textWidth(terrain.plain(value), 11)));
    const left = Math.ceil(longest) + 30;
    const frame = {
      left, top, columns, rows, width: width - left - 6, height: height - top - 42,
      // High load at the left, hot at the top, as in the study.
      rightToLeft: axes.load.rises,
      topDown: !axes.temperature.rises,
    };
    frame.cellWidth = frame.width / columns;
    frame.cellHeight = frame.height / rows;
    return frame;
  };

  /** Top left of a cell in the picture. */
  terrain.corner = (frame, column, row) => ({
    x: frame.left + frame.cellWidth * (frame.rightToLeft ? frame.columns - 1 - column : column),
    y: frame.top + frame.cellHeight * (frame.topDown ? row : frame.rows - 1 - row),
  });

  /** The column and row under a point of the picture; null outside. */
  terrain.hit = (frame, x, y) => {
    const across = Math.floor((x - frame.left) / frame.cellWidth);
    const down = Math.floor((y - frame.top) / frame.cellHeight);
    if (across < 0 || across >= frame.columns || down < 0 || down >= frame.rows) {
      return null;
    }
    return {
      column: frame.rightToLeft ? frame.columns - 1 - across : across,
      row: frame.topDown ? down : frame.rows - 1 - down,
    };
  };

  /** Labels that are left out between two, so that they do not touch. */
  function skipped(values, frame, vertical) {
    const longest = Math.max(...values.map((value) => terrain.textWidth(terrain.plain(value), 11)));
    return Math.ceil(vertical ? 14 / frame.cellHeight : (longest + 7) / frame.cellWidth) - 1;
  }

  function axis(values, name, inverse, look, vertical, frame) {
    return {
      type: 'category',
      data: values.map((value) => terrain.plain(value)),
      inverse,
      name,
      nameLocation: 'middle',
      nameGap: vertical ? 0 : 25,
      nameTextStyle: { color: look.soft, fontSize: 11, fontFamily: FONT },
      axisLabel: {
        color: look.text, fontSize: 11, fontFamily: FONT, margin: 5, interval: skipped(values, frame, vertical),
      },
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      splitLine: { show: false },
    };
  }

  /** A second pair of axes that counts the cells, for whatever lies between them. */
  const steps = (n, inverse) => ({
    type: 'value', min: -0.5, max: n - 0.5, inverse, show: false,
  });

  /** The bare map: axes, and the cells that are to be filled by series. */
  terrain.mapOption = (axes, frame, look) => {
    const load = axis(
      axes.load.values,
      '\u2190 load    ' + terrain.words(axes.load.setting),
      frame.rightToLeft, look, false, frame);
    const temperature = axis(
      axes.temperature.values,
      terrain.words(axes.temperature.setting) + '    hot \u2192',
      frame.topDown, look, true, frame);
    temperature.position = 'left';
    load.position = 'bottom';
    temperature.nameGap = frame.left - 14;
    return {
      animation: false,
      backgroundColor: look.card,
      textStyle: { fontFamily: FONT },
      grid: {
        left: frame.left, top: frame.top, width: frame.width, height: frame.height,
        show: true, borderWidth: 0, backgroundColor: look.blank,
      },
      xAxis: [load, steps(frame.columns, frame.rightToLeft)],
      yAxis: [temperature, steps(frame.rows, frame.topDown)],
      series: [],
    };
  };

  /** Whether cells have room for a text. */
  terrain.hasRoom = (frame, text) =>
    frame.columns * frame.rows <= LABEL.most &&
    frame.cellHeight >= LABEL.height &&
    frame.cellWidth >= Math.max(LABEL.width, 6.2 * text.length + 4);

  const border = (frame, look) =>
    frame.cellWidth > 8 && frame.cellHeight > 8
      ? { borderColor: look.card, borderWidth: 1 }
      : { borderWidth: 0 };

  /** Filled cells: {column, row, value, colour, label}. */
  terrain.filled = (name, cells, frame, look, extra = {}) => ({
    name,
    type: 'heatmap',
    silent: true,
    emphasis: { disabled: true },
    progressive: 0,
    itemStyle: border(frame, look),
    data: cells.map((cell) => {
      const item = { value: [cell.column, cell.row, cell.value] };
      if (cell.colour) {
        item.itemStyle = { color: cell.colour };
        item.visualMap = false;
      }
      if (cell.label) {
        item.label = {
          show: true, formatter: cell.label, color: cell.ink, fontSize: cell.size ?? 10.5,
          fontWeight: cell.weight ?? 400, align: 'center',
        };
      }
      return item;
    }),
    ...extra,
  });

  /** Hatched cells: those that have nothing to show, with a sign that says why. */
  terrain.hatched = (cells, frame, look) => ({
    ...terrain.filled(
      'not measured',
      cells.map(({ column, row, sign }) => ({
        column, row, value: 0, colour: look.blank, ink: look.text,
        label: sign && terrain.hasRoom(frame, sign) ? sign : null,
      })),
      frame, look),
    itemStyle: {
      ...border(frame, look),
      color: look.blank,
      decal: {
        symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 5], rotation: -Math.PI / 4,
        color: look.hatch,
      },
    },
  });

  /** Places of a grid that a diagram has no cell for. */
  terrain.gaps = (diagram, frame) => {
    const taken = new Set((diagram?.cells ?? []).map((cell) => cell.row * frame.columns + cell.column));
    const gaps = [];
    for (let place = 0; place < frame.columns * frame.rows; place++) {
      if (!taken.has(place)) {
        gaps.push({ column: place % frame.columns, row: Math.floor(place / frame.columns) });
      }
    }
    return gaps;
  };

  /** Lines through points in steps of the grid, pieces one after the other; dark on a light casing. */
  terrain.lines = (name, pieces, look, { dashes = null, width = 2 } = {}) => {
    const data = pieces.flatMap((piece) => [...piece, [null, null]]);
    const base = {
      name, type: 'line', xAxisIndex: 1, yAxisIndex: 1, symbol: 'none', silent: true,
      emphasis: { disabled: true }, data, animation: false, clip: true,
    };
    return [
      { ...base, z: 4, lineStyle: { color: look.casing, width: width + 2.4, opacity: 0.85, join: 'round' } },
      { ...base, z: 5, lineStyle: {
        color: look.text, width, type: dashes ?? 'solid', cap: 'butt', join: 'round' } },
    ];
  };

  /**
   * Closed polygons, filled as one: the area below the way there less the area below the way back.
   * They may touch or overlap.
   */
  terrain.band = (name, polygons, look) => ({
    name, type: 'line', xAxisIndex: 1, yAxisIndex: 1, symbol: 'none', silent: true, z: 3,
    emphasis: { disabled: true }, animation: false, clip: true,
    lineStyle: { width: 0 },
    areaStyle: { color: look.text, opacity: 0.2, origin: 'start' },
    data: polygons.flatMap((polygon) => [...polygon, polygon[0], [null, null]]),
  });

  /** Signs on cells: an ECharts symbol at columns and rows. */
  terrain.signs = (name, cells, symbol, size, style, rotation = 0) => ({
    name, type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, silent: true, z: 6, symbol,
    emphasis: { disabled: true },
    symbolSize: size, symbolRotate: rotation, itemStyle: style,
    data: cells.map((cell) => [cell.column, cell.row]),
  });

  /** A bar of colours with its ends named. */
  terrain.key = (palette, [low, high], ends, look, frame, series) => ({
    type: 'continuous', min: low, max: high, dimension: 2, seriesIndex: series, calculable: false,
    hoverLink: false, orient: 'horizontal', right: 4, top: 0, itemWidth: 9,
    itemHeight: Math.min(130, Math.max(frame.width - 90, 40)), text: [ends[1], ends[0]], textGap: 6,
    padding: 3, inRange: { color: palette }, textStyle: { color: look.text, fontSize: 11, fontFamily: FONT },
  });
}
