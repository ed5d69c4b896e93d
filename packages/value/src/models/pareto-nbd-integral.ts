import { GAUSS_16, gaussLegendre, type QuadratureRule } from '../numerics/index.ts';

/** Shape r and rate α of purchase rates, shape s and rate β of rates of stopping. */
export interface ParetoNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/**
 * The integral over the moment t at which a silent customer may have stopped, of
 * (α + t)^−(r + x) (β + t)^−(s + 1) from t_x to T: its logarithm against the integrand at t_x times
 * min(α, β) + t_x, and means under it, which give the gradient.
 */
export interface StopIntegral {
  log: number;
  /** Means of ln (α + t) / (α + t_x) and of its inverse's exponential, (α + t_x) / (α + t). */
  logAlpha: number;
  shareAlpha: number;
  /** The same of β. */
  logBeta: number;
  shareBeta: number;
}

const GAUSS_10 = gaussLegendre(10);
/** Panels of ln(min(α, β) + t) are at most so long, and e-foldings of the integrand in one. */
const PANEL_MAX = 2;
const FOLDINGS_MAX = 6;
/** Up to this length and fall, ten points do for the whole. */
const SMALL_PANEL = 1.6;
const SMALL_FOLDINGS = 4;
const PANELS_MAX = 2000;
/** The integrand is concave in its logarithm: so far below its largest value nothing is left. */
const NATS = 38;

/**
 * Computes the integral into `result`. All terms are positive, so that nothing cancels; the published
 * form, a difference of two hypergeometric functions, does. Cost: one or two panels for most
 * customers. `from` is t_x and `to` is T.
 */
export function integrateStop(
  { r, alpha, s, beta }: ParetoNbdParameters,
  { frequency, from, to }: { frequency: number; from: number; to: number },
  result: StopIntegral,
): void {
  const nearest = Math.min(alpha, beta) + from;
  const end = Math.log1p((to - from) / nearest);
  clear(result);
  if (!(end > 0)) return;
  const isAlphaNearest = alpha <= beta;
  const sums: Sums = {
    power: (isAlphaNearest ? r + frequency : s + 1) - 1,
    otherPower: isAlphaNearest ? s + 1 : r + frequency,
    ratio: nearest / ((isAlphaNearest ? beta : alpha) + from),
    total: 0,
    log: 0,
    share: 0,
    otherLog: 0,
    otherShare: 0,
  };
  addPanels(sums, end);
  const { total, log, share, otherLog, otherShare } = sums;
  result.log = Math.log(total / 2);
  result.logAlpha = (isAlphaNearest ? log : otherLog) / total;
  result.shareAlpha = (isAlphaNearest ? share : otherShare) / total;
  result.logBeta = (isAlphaNearest ? otherLog : log) / total;
  result.shareBeta = (isAlphaNearest ? otherShare : share) / total;
}

/**
 * In v = ln (m + t) / (m + t_x), with the nearer of α and β for m, the integrand is e^(−power · v)
 * times 1 + ratio · (eᵛ − 1) to the −`otherPower`. Sums of it, of both logarithms and of both shares.
 */
interface Sums {
  readonly power: number;
  readonly otherPower: number;
  readonly ratio: number;
  total: number;
  log: number;
  share: number;
  otherLog: number;
  otherShare: number;
}

function addPanels(sums: Sums, end: number): void {
  let at = 0;
  let largest = 0;
  for (let panel = 0; panel < PANELS_MAX && at < end; panel++) {
    const length = panelLength(sums, at, end - at);
    const level = addPanel(sums, at, length);
    at += length;
    if (level > largest) largest = level;
    else if (level < largest - NATS) return;
  }
}

/** Adds one panel; answers the logarithm of the integrand near its end. */
function addPanel(sums: Sums, at: number, length: number): number {
  const { power, otherPower, ratio } = sums;
  const { nodes, weights } = ruleFor(length, power + otherPower);
  let total = 0;
  let log = 0;
  let share = 0;
  let otherLog = 0;
  let otherShare = 0;
  let level = 0;
  for (let i = 0; i < nodes.length; i++) {
    const v = at + (length * (1 + (nodes[i] ?? 0))) / 2;
    const growth = Math.exp(v);
    const other = 1 + ratio * (growth - 1);
    const otherV = ratio === 1 ? v : Math.log(other);
    level = -power * v - otherPower * otherV;
    const weight = (weights[i] ?? 0) * length * Math.exp(level);
    total += weight;
    log += weight * v;
    share += weight / growth;
    otherLog += weight * otherV;
    otherShare += weight / other;
  }
  sums.total += total;
  sums.log += log;
  sums.share += share;
  sums.otherLog += otherLog;
  sums.otherShare += otherShare;
  return level;
}

function clear(result: StopIntegral): void {
  result.log = Number.NEGATIVE_INFINITY;
  result.logAlpha = 0;
  result.shareAlpha = 1;
  result.logBeta = 0;
  result.shareBeta = 1;
}

/** How fast the logarithm of the other grows with v: from `ratio` at 0 towards 1. */
function slopeAt(ratio: number, v: number): number {
  return ratio === 1 ? 1 : 1 / (1 + (1 / ratio - 1) * Math.exp(-v));
}

/** As long as the integrand stays within so many e-foldings, and never longer than what is left. */
function panelLength({ power, otherPower, ratio }: Sums, at: number, left: number): number {
  const slope = slopeAt(ratio, at);
  const first = Math.min(PANEL_MAX, FOLDINGS_MAX / (Math.abs(power) + otherPower * slope));
  // The other's slope grows on the way, at most to one.
  const later = Math.min(1, slope * Math.exp(Math.min(first, left)));
  const length = Math.min(first, FOLDINGS_MAX / (Math.abs(power) + otherPower * later));
  return left < 1.2 * length ? left : length;
}

function ruleFor(length: number, power: number): QuadratureRule {
  return length < SMALL_PANEL && length * Math.abs(power) < SMALL_FOLDINGS ? GAUSS_10 : GAUSS_16;
}
