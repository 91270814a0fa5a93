// Figures: one or two charts with a title, a sentence and a menu, drawn when they come into sight.
{
  const all = [];

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const figure = all.find((one) => one.node === entry.target);
      if (figure) {
        figure.visible = entry.isIntersecting;
        figure.draw();
      }
    }
  }, { rootMargin: '200px' });

  let resizing = null;
  const sized = new ResizeObserver(() => {
    clearTimeout(resizing);
    resizing = setTimeout(() => all.forEach((figure) => figure.refresh()), 80);
  });

  /**
   * A figure.
   *
   * title, note: functions that give text; sentence: what it shows;
   * panes: function that gives [{title, of, diagram, draw(frame, look)}];
   * legend: function that gives [{colour, text}] or nothing; rows: function that gives its data;
   * large: whether it is the page's main figure; close: called when the reader closes it.
   */
  class Figure {
    constructor(settings) {
      Object.assign(this, settings);
      this.charts = [];
      this.frames = [];
      this.visible = false;
      this.stale = true;
      this.heading = terrain.element('h3');
      this.remark = terrain.element('span', { class: 'note' });
      this.stage = terrain.element('div', { class: 'stage' });
      this.caption = terrain.element('figcaption');
      this.node = terrain.element('figure', { class: this.large ? 'map large' : 'map' },
        terrain.element('header', {}, this.heading, this.remark, this.menu()),
        this.beside ?? null, this.stage, this.caption);
      this.describe();
      all.push(this);
      seen.observe(this.node);
      sized.observe(this.node);
    }

    menu() {
      const button = (label, action) =>
        terrain.element('button', { type: 'button', click: (event) => action(event.currentTarget) }, label);
      const close = this.close
        ? [button('remove', () => { this.remove(); this.close(); })]
        : [];
      const details = terrain.element('details', { class: 'menu' },
        terrain.element('summary', { 'aria-label': 'Save or copy ' + this.title() }, '\u22ef'),
        terrain.element('div', {},
          button('save as SVG', () => this.saveSvg()),
          button('save as PNG', () => this.savePng()),
          button('copy specification', (self) => terrain.copy(this.specification(), self)),
          button('copy data', (self) => terrain.copy(terrain.csv(this.rows()), self)),
          ...close));
      details.addEventListener('focusout', (event) => {
        if (!details.contains(event.relatedTarget)) {
          details.open = false;
        }
      });
      return details;
    }

    remove() {
      seen.unobserve(this.node);
      sized.unobserve(this.node);
      this.charts.forEach((chart) => chart.dispose());
      all.splice(all.indexOf(this), 1);
      this.node.remove();
    }

    describe() {
      this.heading.textContent = this.title();
      this.remark.textContent = this.note();
      this.caption.textContent = this.sentence();
    }

    /** Draws anew when next in sight: something that it shows has changed. */
    refresh() {
      this.stale = true;
      this.draw();
    }

    draw() {
      if (!this.visible || !this.stale || this.stage.clientWidth === 0) {
        return;
      }
      this.stale = false;
      this.describe();
      const panes = this.panes();
      if (this.stage.children.length !== panes.length) {
        this.charts.forEach((chart) => chart.dispose());
        this.charts = [];
        this.stage.replaceChildren(...panes.map((pane, i) => this.pane(i)));
        this.stage.classList.toggle('two', panes.length > 1);
      }
      panes.forEach((pane, i) => this.fill(pane, i));
      this.point();
    }

    pane(i) {
      const canvas = terrain.element('div', {
        class: 'canvas', tabindex: 0, role: 'group',
        pointermove: (event) => this.over(event, i),
        click: (event) => this.over(event, i, true),
        keydown: (event) => this.walk(event, i),
        focus: () => terrain.state.place ?? this.start(i),
      });
      return terrain.element('div', { class: 'pane' },
        terrain.element('div', { class: 'which' }),
        terrain.element('div', { class: 'frame' }, canvas, terrain.element('div', { class: 'pointer' })));
    }

    fill(pane, i) {
      const node = this.stage.children[i];
      node.querySelector('.which').textContent = pane.title ?? '';
      const canvas = node.querySelector('.canvas');
      canvas.setAttribute('aria-label', `${this.title()}. ${this.sentence()} Arrow keys move from cell to cell.`);
      const width = node.clientWidth;
      const top = pane.top ?? 26;
      const height = terrain.mapHeight(pane.of.axes, width, top, this.large);
      canvas.style.height = height + 'px';
      const frame = terrain.frame(pane.of.axes, width, height, top);
      this.frames[i] = { ...frame, of: pane.of, diagram: pane.diagram };
      this.charts[i] ??= echarts.init(canvas, null, { renderer: 'canvas', width, height });
      this.charts[i].resize({ width, height });
      this.charts[i].setOption(pane.draw(frame, terrain.look()), { notMerge: true });
    }

    over(event, i, pin = null) {
      const box = event.currentTarget.getBoundingClientRect();
      const frame = this.frames[i];
      const hit = terrain.hit(frame, event.clientX - box.left, event.clientY - box.top);
      if (hit) {
        terrain.select(place(frame, hit), pin);
      }
    }

    start(i) {
      terrain.select(place(this.frames[i], { column: 0, row: 0 }));
    }

    walk(event, i) {
      const frame = this.frames[i];
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (event.key === 'Escape') {
        terrain.select(null, false);
      } else if ((event.key === 'Enter' || event.key === ' ') && terrain.state.place) {
        event.preventDefault();
        terrain.select(terrain.state.place, true);
      } else if (step) {
        event.preventDefault();
        const now = index(frame, terrain.state.place) ?? { column: 0, row: 0 };
        const column = now.column + step[0] * (frame.rightToLeft ? -1 : 1);
        const row = now.row + step[1] * (frame.topDown ? -1 : 1);
        terrain.select(place(frame, {
          column: Math.min(Math.max(column, 0), frame.columns - 1),
          row: Math.min(Math.max(row, 0), frame.rows - 1),
        }), terrain.state.pinned || null);
      }
    }

    /** Frames the place that is looked at. */
    point() {
      this.frames.slice(0, this.stage.children.length).forEach((frame, i) => {
        const pointer = this.stage.children[i].querySelector('.pointer');
        const at = index(frame, terrain.state.place);
        pointer.hidden = !at;
        if (at) {
          const { x, y } = terrain.corner(frame, at.column, at.row);
          pointer.style.transform = `translate(${x}px, ${y}px)`;
          pointer.style.width = frame.cellWidth + 'px';
          pointer.style.height = frame.cellHeight + 'px';
          pointer.classList.toggle('pinned', terrain.state.pinned);
        }
      });
    }

    specification() {
      return JSON.stringify(this.share(760).options.map(({ option }) => option), null, 1);
    }

    /** The figure as one picture on paper: title, legend, maps, sentence. */
    share(width) {
      const look = terrain.look(true);
      const panes = this.panes();
      const each = Math.floor(width / panes.length);
      const legend = this.legend?.(look) ?? [];
      const options = panes.map((pane, i) => {
        const title = [this.title() + (pane.title ? ': ' + pane.title : '')];
        const legendRows = i === 0 ? rowsOf(legend, each - 16) : [];
        const top = 56 + 20 * legendRows.length + ((pane.top ?? 26) - 12);
        const caption = i === 0 ? terrain.wrap(this.sentence(), each - 24, 11.5) : [];
        const map = terrain.mapHeight(pane.of.axes, each, top, this.large);
        const frame = terrain.frame(pane.of.axes, each, map, top);
        const option = pane.draw(frame, look);
        option.title = [
          { text: title.join(''), subtext: this.note(), left: 8, top: 4, itemGap: 4,
            textStyle: { fontSize: 15, color: look.text }, subtextStyle: { fontSize: 11, color: look.soft } },
          { text: caption.join('\n'), left: 8, top: map + 6,
            textStyle: { fontSize: 11.5, fontWeight: 400, lineHeight: 16, color: look.text } },
        ];
        option.graphic = legendRows.flatMap((row, line) => row.flatMap((entry) => [
          entry.line
            ? { type: 'line', silent: true,
              shape: { x1: 2 + entry.x, y1: 57 + 20 * line, x2: 25 + entry.x, y2: 57 + 20 * line },
              style: { stroke: entry.colour, lineWidth: 2, lineDash: entry.dashes } }
            : { type: 'rect', left: 10 + entry.x, top: 50 + 20 * line, silent: true,
              shape: { width: 13, height: 13, r: 2 }, style: { fill: entry.colour } },
          { type: 'text', left: 28 + entry.x, top: 50 + 20 * line, silent: true,
            style: { text: entry.text, font: '12px ' + terrain.font, fill: look.text } },
        ]));
        if (option.visualMap?.show !== false) {
          option.visualMap.top = 44;
        }
        return { option, height: map + 14 + 16 * caption.length, width: each };
      });
      return { options, width, height: Math.max(...options.map((one) => one.height)) };
    }

    /** SVG documents of the panes. */
    svg(width) {
      const { options, height } = this.share(width);
      return options.map(({ option, width: each }) => {
        const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: each, height });
        chart.setOption(option);
        const text = chart.renderToSVGString();
        chart.dispose();
        return text;
      });
    }

    saveSvg() {
      this.svg(this.large ? 860 : 520).forEach((text, i) =>
        terrain.download(`${this.name()}${i ? '-other' : ''}.svg`,
          'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text)));
    }

    savePng() {
      const { options, height } = this.share(this.large ? 860 : 520);
      options.forEach(({ option, width }, i) => {
        const chart = echarts.init(terrain.element('div'), null, { renderer: 'canvas', width, height });
        chart.setOption(option);
        terrain.download(`${this.name()}${i ? '-other' : ''}.png`,
          chart.getDataURL({ type: 'png', pixelRatio: 3, backgroundColor: '#ffffff' }));
        chart.dispose();
      });
    }

    name() {
      return (terrain.data.title + '-' + this.title()).toLowerCase().replace(/[^a-z0-9.]+/g, '-');
    }
  }

  function rowsOf(legend, width) {
    const rows = [];
    let x = Infinity;
    for (const entry of legend) {
      const room = terrain.textWidth(entry.text, 12) + 36;
      if (x + room > width) {
        rows.push([]);
        x = 0;
      }
      rows.at(-1).push({ ...entry, x });
      x += room;
    }
    return rows;
  }

  const place = (frame, { column, row }) => ({
    load: frame.of.axes.load.values[column],
    temperature: frame.of.axes.temperature.values[row],
  });

  function index(frame, at) {
    const column = at ? frame.of.axes.load.values.indexOf(at.load) : -1;
    const row = at ? frame.of.axes.temperature.values.indexOf(at.temperature) : -1;
    return column < 0 || row < 0 ? null : { column, row };
  }

  /** Height of a picture: cells about as wide as high, few rows not stretched. */
  terrain.mapHeight = (axes, width, top, large) => {
    const rows = axes.temperature.values.length;
    const cells = (width - 60) * (large ? 0.62 : 0.74);
    const most = large ? 580 : 380;
    return Math.round(top + 42 + Math.min(Math.max(Math.min(cells, most), 150), 84 * rows));
  };

  terrain.Figure = Figure;
  terrain.figures = all;
  terrain.on('diagram', () => all.forEach((figure) => figure.refresh()));
  terrain.on('place', () => all.forEach((figure) => figure.visible && figure.point()));
}
