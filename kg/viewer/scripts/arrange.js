// Where nodes stand. Own forces instead of the drawing engine's: they know how wide each label is, run in one go within
// tens of milliseconds, and give the same picture for the same nodes.

const ROUNDS = 150;
const LINK = 120;

/**
 * Positions for symbols with labels. `nodes` are `{ id, from, width, height, drop, x?, y? }`: the box of symbol and label,
 * and how far its middle lies below the symbol's, which is what stands at x and y. A node with a position keeps near it. `canvas` is `{ width, height }`: what fits on it without overlap is put on it, so
 * that labels are drawn in their natural size.
 */
export function arrange(nodes, edges, canvas) {
  const at = new Map(nodes.map((node, order) => [node.id, order]));
  const x = new Float64Array(nodes.length);
  const y = new Float64Array(nodes.length);
  const stiff = new Float64Array(nodes.length);
  place(nodes, at, x, y, stiff);
  const ends = edges
    .map((edge) => [at.get(edge.a), at.get(edge.b)])
    .filter(([a, b]) => a !== undefined && b !== undefined);
  const degree = new Float64Array(nodes.length).fill(1);
  for (const [a, b] of ends) {
    degree[a] += 1;
    degree[b] += 1;
  }
  const stretch = Math.min(Math.max(canvas.width / canvas.height, 0.6), 1.9);
  relax(nodes, ends, x, y, stiff, degree, stretch);
  fillCanvas(nodes, x, y, canvas);
  separate(nodes, x, y);
  return new Map(nodes.map((node, order) => [node.id, { x: x[order], y: y[order] }]));
}

function place(nodes, at, x, y, stiff) {
  const children = new Map();
  for (const node of nodes) {
    if (!children.has(node.from)) children.set(node.from, []);
    children.get(node.from).push(node);
  }
  nodes.forEach((node, order) => {
    if (node.x !== undefined) {
      x[order] = node.x;
      y[order] = node.y;
      stiff[order] = 0.85;
      return;
    }
    const parent = at.get(node.from);
    if (parent === undefined || parent === order) return;
    const siblings = children.get(node.from);
    const rank = siblings.indexOf(node);
    const outward = Math.atan2(y[parent], x[parent]);
    const whole = x[parent] === 0 && y[parent] === 0;
    const spread = whole ? 2 * Math.PI : Math.PI * 1.2;
    const angle = outward + (whole ? 0 : -spread / 2) + (spread * (rank + 0.5)) / siblings.length;
    const ring = LINK * (1 + 0.45 * (rank % 2));
    x[order] = x[parent] + ring * Math.cos(angle);
    y[order] = y[parent] + ring * Math.sin(angle);
  });
}

function relax(nodes, ends, x, y, stiff, degree, stretch) {
  const size = nodes.length;
  const dx = new Float64Array(size);
  const dy = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round += 1) {
    const heat = 26 * (1 - round / ROUNDS) + 1;
    dx.fill(0);
    dy.fill(0);
    for (let a = 0; a < size; a += 1) {
      for (let b = a + 1; b < size; b += 1) {
        let ex = (x[a] - x[b]) / stretch;
        const ey = y[a] - y[b];
        if (ex === 0 && ey === 0) ex = 0.01 * (a - b);
        const force = 9500 / (ex * ex + ey * ey + 30);
        dx[a] += ex * force;
        dy[a] += ey * force;
        dx[b] -= ex * force;
        dy[b] -= ey * force;
      }
    }
    for (const [a, b] of ends) {
      const ex = (x[a] - x[b]) / stretch;
      const ey = y[a] - y[b];
      const far = Math.sqrt(ex * ex + ey * ey) || 1;
      const pull = (0.9 * (far - LINK)) / far / Math.sqrt(Math.min(degree[a], degree[b]));
      dx[a] -= ex * pull;
      dy[a] -= ey * pull;
      dx[b] += ex * pull;
      dy[b] += ey * pull;
    }
    for (let a = 0; a < size; a += 1) {
      dx[a] -= (0.08 * x[a]) / stretch;
      dy[a] -= 0.08 * y[a];
      const step = Math.sqrt(dx[a] * dx[a] + dy[a] * dy[a]) || 1;
      const limit = Math.min(step, heat) * (1 - stiff[a]);
      x[a] += (dx[a] / step) * limit * stretch;
      y[a] += (dy[a] / step) * limit;
    }
  }
}

/** Scale positions to the canvas, in each direction for itself but not beyond likeness. */
function fillCanvas(nodes, x, y, canvas) {
  const extent = (values, sizes) => {
    let low = Infinity;
    let high = -Infinity;
    values.forEach((value, order) => {
      low = Math.min(low, value - sizes[order] / 2);
      high = Math.max(high, value + sizes[order] / 2);
    });
    return high - low || 1;
  };
  const widths = nodes.map((node) => node.width);
  const heights = nodes.map((node) => node.height);
  const across = (canvas.width - 70) / extent(x, widths);
  const down = (canvas.height - 80) / extent(y, heights);
  const sx = Math.min(across, down * 1.7, 1.2);
  const sy = Math.min(down, across * 1.7, 1.2);
  for (let order = 0; order < nodes.length; order += 1) {
    x[order] *= sx;
    y[order] *= sy;
  }
}

/** Push boxes apart until no two overlap, along the shorter way out. */
function separate(nodes, x, y) {
  const size = nodes.length;
  for (let round = 0; round < 300; round += 1) {
    let moved = false;
    for (let a = 0; a < size; a += 1) {
      for (let b = a + 1; b < size; b += 1) {
        const below = y[b] + nodes[b].drop - y[a] - nodes[a].drop;
        const wide = (nodes[a].width + nodes[b].width) / 2 + 8 - Math.abs(x[a] - x[b]);
        const high = (nodes[a].height + nodes[b].height) / 2 + 6 - Math.abs(below);
        if (wide <= 0 || high <= 0) continue;
        moved = true;
        if (wide < high) {
          const push = (x[a] < x[b] || (x[a] === x[b] && a < b) ? -wide : wide) / 2;
          x[a] += push;
          x[b] -= push;
        } else {
          const push = (below > 0 || (below === 0 && a < b) ? -high : high) / 2;
          y[a] += push;
          y[b] -= push;
        }
      }
    }
    if (!moved) return;
  }
}
