/** A stand-in for the phone's `wx` object: answers requests from a script and remembers them. */

export interface Sent {
  method: string;
  /** Without the host and `/diancan/v1`. */
  path: string;
  header: Record<string, string>;
  data: Record<string, unknown> | undefined;
}

export interface Reply {
  status?: number;
  body?: unknown;
  header?: Record<string, string>;
  /** Nothing comes back. */
  networkError?: boolean;
}

type Server = (request: Sent) => Reply | Promise<Reply>;

export class FakePhone {
  readonly sent: Sent[] = [];
  readonly storage = new Map<string, unknown>();
  readonly toasts: string[] = [];
  language = 'zh_CN';
  loginCodes = 0;
  server: Server = () => ({ status: 404, body: refusal('not_found') });
  payment: 'ok' | 'cancel' = 'ok';
  paid: unknown[] = [];

  /** The requests made so far, as `METHOD path`. */
  get calls(): string[] {
    return this.sent.map(({ method, path }) => `${method} ${path}`);
  }

  install(): this {
    (globalThis as unknown as { wx: unknown }).wx = this.wx();
    return this;
  }

  private wx() {
    return {
      request: (options: WechatMiniprogram.RequestOption) => void this.request(options),
      login: ({ success }: WechatMiniprogram.LoginOption) => {
        this.loginCodes += 1;
        success?.({ code: `code-${this.loginCodes}`, errMsg: 'login:ok' });
      },
      getAccountInfoSync: () => ({ miniProgram: { appId: 'wxtest' } }),
      getAppBaseInfo: () => ({ language: this.language }),
      getStorageSync: (key: string) => this.storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => void this.storage.set(key, value),
      setStorage: ({ key, data }: { key: string; data: unknown }) => {
        this.storage.set(key, data);
      },
      removeStorageSync: (key: string) => void this.storage.delete(key),
      showToast: ({ title }: { title: string }) => void this.toasts.push(title),
      requestPayment: (options: WechatMiniprogram.RequestPaymentOption) => {
        this.paid.push(options);
        if (this.payment === 'ok') options.success?.({ errMsg: 'requestPayment:ok' });
        else options.fail?.({ errMsg: 'requestPayment:fail cancel' });
      },
    };
  }

  private async request(options: WechatMiniprogram.RequestOption): Promise<void> {
    const sent: Sent = {
      method: options.method ?? 'GET',
      path: options.url.replace('https://api.diancan.example/diancan/v1', ''),
      header: options.header as Record<string, string>,
      data: options.data as Sent['data'],
    };
    this.sent.push(sent);
    const reply = await this.server(sent);
    const { success, fail } = options as unknown as {
      success(answer: object): void;
      fail(error: object): void;
    };
    if (reply.networkError) fail({ errno: 5, errMsg: 'request:fail timeout' });
    else {
      success({
        statusCode: reply.status ?? 200,
        header: reply.header ?? {},
        data: reply.body ?? '',
      });
    }
  }
}

export function refusal(code: string, data: Record<string, unknown> = {}) {
  return { code, message: { zh: `中文 ${code}`, en: `English ${code}` }, data };
}

export function loginReply(token: string): Reply {
  const expires = new Date(Date.now() + 86_400_000).toISOString();
  return { body: { token, expires_at: expires } };
}
