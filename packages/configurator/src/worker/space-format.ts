/**
 * The format of space files, as it stands in their address and inside them. Raise it when the layout
 * of the file changes, or how a family is numbered as a problem: older files are then made anew.
 */
export const SPACE_FORMAT = 1;
