'use strict';

/** The one name that the page's scripts share. */
const terrain = {};

// Numbers as text, elements, colours, and what leaves the page.
{
  const MINUS = '\u2212';

  function tidy(text) {
    const zero = !/[1-9]/.test(text);
    return text.startsWith('-') ? (zero ? '' : MINUS) + text.slice(1) : text;
  }

  function power(value, digits) {
    const [mantissa, exponent] = value.toExponential(digits).split('e');
    return tidy(mantissa) + 'e' + tidy(String(Number(exponent)));
  }

  terrain.fixed = (value, decimals) => tidy(value.toFixed(decimals));

  /** So many significant digits; below 1e-3 and from 1e7 on with a power of ten. */
  terrain.significant = (value, digits) => {
    if (value === 0) {
      return '0';
    }
    const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
    return exponent < -3 || exponent > 6
      ? power(value, digits - 1)
      : tidy(value.toFixed(Math.max(digits - 1 - exponent, 0)));
  };

  /** A setting's value without needless digits. */
  terrain.plain = (value) => {
    const number = Number(value.toPrecision(10));
    const size = Math.abs(number);
    if (number === 0 || (size >= 1e-3 && size < 1e7)) {
      return tidy(String(number));
    }
    return tidy(number.toExponential().replace('e+', 'e')).replace('e-', 'e' + MINUS);
  };

  terrain.percent = (share) => terrain.fixed(100 * share, 0) + ' %';

  terrain.words = (setting) => setting.replaceAll('_', ' ');

  /** An element with attributes (functions become listeners) and children (text is escaped). */
  terrain.element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === 'function') {
        made.addEventListener(name, value);
      } else if (value !== null && value !== false) {
        made.setAttribute(name, value === true ? '' : value);
      }
    }
    made.append(...children.flat(2).filter((child) => child !== null && child !== ''));
    return made;
  };

  const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

  /** A colour over another, as a picture without transparency needs it. */
  terrain.over = (hex, share, ground) => {
    const below = channels(ground);
    const mixed = channels(hex).map((c, i) => Math.round(below[i] + (c - below[i]) * share));
    return '#' + mixed.map((c) => c.toString(16).padStart(2, '0')).join('');
  };

  /** The colour of a palette at t in [0, 1]. */
  terrain.ramp = (palette, t) => {
    const place = Math.min(Math.max(t, 0), 1) * (palette.length - 1);
    const lower = Math.min(Math.floor(place), palette.length - 2);
    return terrain.over(palette[lower + 1], place - lower, palette[lower]);
  };

  function luminance(hex) {
    const [r, g, b] = channels(hex).map((c) =>
      c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** Dark or white, whichever is easier to read on a colour. */
  terrain.ink = (hex) => (luminance(hex) > 0.19 ? '#171a21' : '#ffffff');

  const paper = {
    page: '#ffffff', card: '#ffffff', text: '#171a21', soft: '#5a6270', line: '#dfe3e8', blank: '#eceef1',
    hatch: '#b4bac3', casing: '#ffffff', dark: false,
  };

  /** Colours of charts for paper, and on the screen those of the page as it is shown now. */
  terrain.look = (forPaper = false) => {
    if (forPaper) {
      return paper;
    }
    const style = getComputedStyle(document.documentElement);
    const look = { dark: style.getPropertyValue('--dark').trim() === '1' };
    for (const name of ['page', 'card', 'text', 'soft', 'line', 'blank', 'hatch', 'casing']) {
      look[name] = style.getPropertyValue('--' + name).trim();
    }
    return look;
  };

  const listeners = {};

  /** Calls a function whenever something of a name has changed. */
  terrain.on = (name, listener) => (listeners[name] ??= []).push(listener);

  terrain.emit = (name) => (listeners[name] ?? []).forEach((listener) => listener());

  terrain.download = (name, address) => {
    const link = terrain.element('a', { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
  };

  /** Puts text on the clipboard, and says so on the button that was pressed. */
  terrain.copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers without that interface, or that refuse it to files, know the older way.
      const area = terrain.element('textarea', { class: 'aside' });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    const label = button.textContent;
    button.textContent = 'copied';
    setTimeout(() => (button.textContent = label), 1200);
  };

  terrain.csv = (rows) =>
    rows
      .map((row) =>
        row
          .map((value) => {
            const text = value === null || value === undefined ? '' : String(value);
            return /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
          })
          .join(','))
      .join('\n') + '\n';
}
