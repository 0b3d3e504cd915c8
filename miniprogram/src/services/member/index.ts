import { read, write } from '../client/index';
import type { MemberOut } from '../types';

/** Whoever has this phone, as a member or not. */
export async function fetchMember(): Promise<MemberOut> {
  const answer = await read<MemberOut>('/member', { login: 'required' });
  if (!answer) throw new Error('unexpected 304 for the member');
  return answer.body;
}

/** Joins, having agreed to this version of the agreement; whoever has joined stays the member they are. */
export function join(version: string): Promise<MemberOut> {
  return write('/member', { consent_version: version });
}
