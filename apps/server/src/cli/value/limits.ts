/** Lines of a file that is not sorted by customer: some 400 MB. */
export const UNSORTED_ROWS_MAX = 20_000_000;

/** Customers of such a file: some 1 GB of names. */
export const UNSORTED_CUSTOMERS_MAX = 8_000_000;
