let last = 0;

/**
 * A number that grows with every call: tells which of two things happened first.
 *
 * Two events in one millisecond have the same time but never the same moment.
 */
export function moment(): number {
  last += 1;
  return last;
}
