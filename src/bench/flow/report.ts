/** What `bptt flow` found: plain data. Arrays run over t = 1 … T. */

/** The cells whose flow is compared. */
export const flowCells = ['rnn', 'lstm', 'gru'] as const;
export type FlowCell = (typeof flowCells)[number];

/** A norm; null where it is beyond what a float64 can hold. Zero means exactly zero: underflow below 5e-324. */
export type Norm = number | null;

/** The three answers to «what is dc_T/dc_1?», as spectral norms. */
export interface Highway {
  /** ∏ diag(f_t), t = 2 … T: the cell line alone, every gate held fixed. Its largest entry. */
  readonly direct: Norm;
  /** h_1 held fixed; everything after step 1 follows. */
  readonly hiddenFixed: Norm;
  /** Everything follows. */
  readonly total: Norm;
}

export interface FlowCurve {
  readonly cell: FlowCell;
  /** The forget bias; null where there is no forget gate. */
  readonly bias: number | null;
  /** `LSTM, bias 3`. */
  readonly name: string;
  /** The state in which the gradient travels: c where there is a cell, else h. */
  readonly carries: 'h' | 'c';
  /** ‖dL/dh_t‖. */
  readonly dh: readonly Norm[];
  /** ‖dL/dc_t‖; null where there is no c. */
  readonly dc: readonly Norm[] | null;
  /** The norm at t = 1 over the norm at t = T, of the state that carries; null if either is null. */
  readonly ratio: Norm;
  /** Steps at which that gradient is exactly zero. */
  readonly zeros: number;
  /** The mean over the units of each gate by step. */
  readonly gates: readonly { readonly name: string; readonly mean: readonly number[] }[];
  /** Null where there is no c. */
  readonly highway: Highway | null;
}

/** ‖W_hh‖^(T-t) ‖dL/dh_T‖, which ‖dL/dh_t‖ of the Elman network cannot pass. */
export interface FlowBound {
  /** ‖W_hh‖, the spectral norm. */
  readonly norm: number;
  readonly values: readonly Norm[];
  /** Whether no gradient passed it, beyond rounding. */
  readonly holds: boolean;
}

export interface FlowReport {
  readonly version: 1;
  readonly seed: number;
  readonly sizes: { readonly T: number; readonly D: number; readonly H: number };
  readonly curves: readonly FlowCurve[];
  /** Null unless the Elman network is among the cells. */
  readonly bound: FlowBound | null;
}
