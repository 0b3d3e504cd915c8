import { timing } from '../../config';
import { NetworkError } from './errors';

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  header: Record<string, string>;
  data?: WechatMiniprogram.IAnyObject;
}

export interface HttpAnswer {
  status: number;
  /** Header names in lower case. */
  header: Record<string, string>;
  body: unknown;
}

function lowerCase(header: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/**
 * Fetches a file to where the phone keeps it for a while.
 *
 * @returns its path on the phone; `status` other than 200 means that it holds no file.
 * @throws NetworkError when no answer came back.
 */
export function fetchFile(
  url: string,
  header: Record<string, string>,
): Promise<{ status: number; path: string }> {
  return new Promise((resolve, reject) => {
    wx.downloadFile({
      url,
      header,
      timeout: timing.fileTimeoutMs,
      success: ({ statusCode, tempFilePath }) =>
        resolve({ status: statusCode, path: tempFilePath }),
      fail: ({ errMsg }) => reject(new NetworkError(errMsg)),
    });
  });
}

/**
 * Sends one HTTP request.
 *
 * @throws NetworkError when no answer came back.
 */
export function send(request: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    wx.request({
      ...request,
      timeout: timing.requestTimeoutMs,
      success: ({ statusCode, header, data }) =>
        resolve({ status: statusCode, header: lowerCase(header ?? {}), body: data }),
      fail: ({ errMsg }) => reject(new NetworkError(errMsg)),
    });
  });
}
