/**
 * WeChat's privacy gate: while the person has not agreed, a protected API first asks the
 * mini-program (wx.onNeedPrivacyAuthorization), and fails with errno 104 when refused.
 */
export class Privacy {
  constructor(host, needed) {
    this.host = host
    this.needed = needed
    this.listener = undefined
    this.agreedButton = undefined
  }

  agree(buttonId) {
    this.agreedButton = buttonId
  }

  /** Resolves once `api` may go on; throws WeChat's error when the person refused. */
  async require(api) {
    if (!this.needed) return
    const refusal = { errMsg: `${api}:fail privacy permission is not authorized`, errno: 104 }
    if (!this.listener) throw refusal
    const answer = await new Promise((resolve) => this.listener(resolve, { referrer: api }))
    if (answer?.event !== 'agree') throw refusal
    if (answer.buttonId !== this.agreedButton) {
      this.host.journal.fault(`privacy: no agree button "${answer.buttonId}" was tapped`)
    }
    this.needed = false
  }
}
