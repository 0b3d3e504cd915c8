/** Where the API lives. Its host must be in the mini-program's list of request domains. */
export const API_ORIGIN = 'https://api.diancan.example';

/** Every route begins here. */
export const API_BASE = `${API_ORIGIN}/diancan/v1`;

export const timing = {
  /** A request is given up after this long. */
  requestTimeoutMs: 10_000,
  /** A file is given up after this long: the server makes it while one waits. */
  fileTimeoutMs: 30_000,
  /** How often the table is asked for while its page is in front. */
  tablePollMs: 400,
  /** How often an order's page asks for it. */
  orderPollMs: 1_500,
  /** How often a payment that WeChat has accepted is asked for. */
  paymentPollMs: 1_000,
  /** After this long an unconfirmed payment is left to the order's page. */
  paymentWaitMs: 60_000,
  /** Pauses between polls grow up to this while requests fail. */
  pollMaxMs: 10_000,
  /** The first pause before a retry; each further one is twice as long. */
  retryBaseMs: 300,
};

/** A write that found no network is sent again this many times at most. */
export const MAX_RETRIES = 3;
