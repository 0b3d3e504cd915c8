/** Those who want to hear when something changes. */
export class Observers {
  private readonly listeners = new Set<() => void>();

  /** Calls `listener` on every change from now on; returns how to end that. */
  add(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
