/** Who has this phone, as a member. */
import { fill, words } from '../i18n/index';
import type { MemberOut } from '../services/types';

export interface MemberView {
  joined: boolean;
  /** `1234 5678 9012 3456` */
  code: string;
  /** The code as QR, for an image. */
  picture: string;
  since: string;
}

/** Before the server has said who it is. */
export const NO_MEMBER: MemberView = { joined: false, code: '', picture: '', since: '' };

function sinceText(joinedAt: string | null): string {
  if (!joinedAt) return '';
  const at = new Date(joinedAt);
  const [year, month, day] = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  return fill(words().member.since, { year, month, day });
}

export function memberView(member: MemberOut): MemberView {
  return {
    joined: member.is_member,
    code: (member.code.match(/.{1,4}/g) ?? []).join(' '),
    picture: member.code_picture,
    since: sinceText(member.joined_at),
  };
}
