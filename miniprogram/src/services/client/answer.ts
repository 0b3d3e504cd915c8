import type { ErrorOut } from '../types';
import { ApiError, NetworkError } from './errors';
import type { HttpAnswer } from './transport';

/** Answers of a proxy that never reached the application, or of one that asks to try again. */
const TRY_AGAIN = [502, 503, 504];

const UNREADABLE: ErrorOut = {
  code: 'server_error',
  message: {
    zh: '服务器开小差了，请稍后再试',
    en: 'Something went wrong on our side; please try again',
  },
  data: {},
};

function isErrorBody(body: unknown): body is ErrorOut {
  const error = body as Partial<ErrorOut> | null;
  return typeof error?.code === 'string' && typeof error.message?.zh === 'string';
}

/**
 * The answer itself when it is none of an error.
 *
 * @throws NetworkError when the request may be sent again as it was.
 * @throws ApiError when the server refused it.
 */
export function checked(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 400) return answer;
  if (TRY_AGAIN.includes(answer.status)) throw new NetworkError(`HTTP ${answer.status}`);
  throw new ApiError(answer.status, isErrorBody(answer.body) ? answer.body : UNREADABLE);
}
