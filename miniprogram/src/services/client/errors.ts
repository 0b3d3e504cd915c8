import type { ErrorOut, Text } from '../types';

/** The server answered with a refusal: a stable code and words for a person. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: Text;
  readonly data: Record<string, unknown>;

  constructor(status: number, body: ErrorOut) {
    super(`${body.code}: ${body.message.en}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code;
    this.text = body.message;
    this.data = (body.data ?? {}) as Record<string, unknown>;
  }
}

/** No usable answer came back, so it is not known whether a write took effect. */
export class NetworkError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NetworkError';
  }
}

/** Whether `error` is the server's refusal with one of these codes. */
export function isRefusal(error: unknown, ...codes: string[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.code);
}
