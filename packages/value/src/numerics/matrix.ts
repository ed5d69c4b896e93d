/** Eigenvalues, and eigenvectors as the columns of a matrix that is stored by rows. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

const SWEEPS_MAX = 60;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, n × n by rows, by Jacobi's rotations
 * (Golub and Van Loan 1996, §8.4). The matrix is left as it is. About 10 n³ operations a sweep.
 */
export function eigenSymmetric(matrix: ArrayLike<number>, n: number): Eigen {
  const a = Float64Array.from(matrix);
  const v = identity(n);
  for (let sweep = 0; sweep < SWEEPS_MAX && offDiagonal(a, n) > 0; sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, v, { n, p, q });
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i] ?? 0), vectors: v };
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) sum += Math.abs(a[p * n + q] ?? 0);
  }
  return sum;
}

/** Turns the plane of p and q so that the element between them becomes zero. */
function rotate(
  a: Float64Array,
  v: Float64Array,
  { n, p, q }: { n: number; p: number; q: number },
): void {
  const between = a[p * n + q] ?? 0;
  const first = a[p * n + p] ?? 0;
  const second = a[q * n + q] ?? 0;
  if (Math.abs(between) <= 1e-18 * Math.sqrt(Math.abs(first * second)) || between === 0) {
    a[p * n + q] = 0;
    a[q * n + p] = 0;
    return;
  }
  const theta = (second - first) / (2 * between);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p] ?? 0;
    const kq = a[k * n + q] ?? 0;
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k] ?? 0;
    const qk = a[q * n + k] ?? 0;
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const vp = v[k * n + p] ?? 0;
    const vq = v[k * n + q] ?? 0;
    v[k * n + p] = c * vp - s * vq;
    v[k * n + q] = s * vp + c * vq;
  }
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

/** V f(λ) Vᵀ: a function of a symmetric matrix, n × n by rows. */
export function matrixFunction(
  { values, vectors }: Eigen,
  f: (eigenvalue: number) => number,
): Float64Array {
  const n = values.length;
  const result = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const factor = f(values[k] ?? 0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        result[at] =
          (result[at] ?? 0) + factor * (vectors[i * n + k] ?? 0) * (vectors[j * n + k] ?? 0);
      }
    }
  }
  return result;
}

/** A matrix, n × n by rows, times a vector. */
export function multiply(matrix: ArrayLike<number>, vector: ArrayLike<number>): Float64Array {
  const n = vector.length;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] ?? 0) * (vector[j] ?? 0);
    result[i] = sum;
  }
  return result;
}

/** Σ aᵢ bᵢ. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
