/**
 * A random UUID, version 4 (RFC 9562, section 5.4).
 *
 * Names a cart line or a write so that a repeat can be told from a second one.
 * It is no secret, so the runtime's own generator is good enough; a phone has
 * no synchronous cryptographic one.
 */
export function uuid4(): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = Math.floor(Math.random() * 16);
    return (place === 'x' ? digit : (digit & 0x3) | 0x8).toString(16);
  });
}
