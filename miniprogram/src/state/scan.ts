import { words } from '../i18n/index';
import { toast } from '../utils/notice';
import { sceneIn } from '../utils/scene';

/** Opens the camera; resolves to a table's code, or to an empty text when there is none to use. */
export function scanTable(): Promise<string> {
  return new Promise((resolve) => {
    wx.scanCode({
      success: (scanned) => {
        const scene = sceneIn(scanned);
        if (!scene) toast(words().common.notATableCode);
        resolve(scene);
      },
      fail: ({ errMsg }) => {
        if (!errMsg.includes('cancel')) toast(words().common.scanFailed);
        resolve('');
      },
    });
  });
}
