const CODE = /^[A-Za-z0-9_-]{8,32}$/;

/** A table's code as WeChat hands it to a page, or an empty text. */
export function sceneOf(query: Record<string, string | undefined>): string {
  const scene = decodeURIComponent(query.scene ?? '');
  return CODE.test(scene) ? scene : '';
}

/** The table's code in what the camera read: a mini-program path, a link or the bare code. */
export function sceneIn(scanned: { path?: string; result?: string }): string {
  const text = scanned.path || scanned.result || '';
  const found = /[?&]scene=([^&#]+)/.exec(text);
  return sceneOf({ scene: found ? found[1] : text });
}
