/**
 * The members' agreement, by its version: what somebody agrees to must be what they could read.
 *
 * A changed text is a new version here and in the server (`dining_member/services/membership.py`);
 * a test holds the two together. A phone that lacks the server's version asks nobody to agree.
 */
import { lang, type Lang } from './index';

export interface Agreement {
  title: string;
  intro: string;
  clauses: { title: string; text: string }[];
}

const NOVEMBER_2026: Record<Lang, Agreement> = {
  zh: {
    title: '会员服务协议',
    intro:
      '加入会员前，请花一分钟读完。点「同意协议并加入」即表示您同意以下内容；不加入会员，也可以照常点餐和付款。',
    clauses: [
      {
        title: '我们记录什么',
        text: '您在本小程序的微信标识、会员码、加入时间、您同意的协议版本，以及您的储值和消费记录。加入会员不需要手机号、姓名或位置。',
      },
      {
        title: '用来做什么',
        text: '在您点餐、充值和付款时认出您，记清您的每一笔钱。这些信息由餐厅保存，不出售，也不用于与用餐无关的事；法律要求提供的除外。',
      },
      {
        title: '储值怎么用',
        text: '您充值支付的钱是本金，随充值赠送的是赠金。付款时先用较早的一笔充值，其中本金和赠金默认按充值时的比例一起使用。赠金不能兑换现金，也不能转给他人。储值余额没有有效期。',
      },
      {
        title: '储值怎么退',
        text: '充值后 7 天内没有用过的，全额退还本金。之后或已经用过一部分的，按充值时的优惠比例计算已消费的金额，退还剩余本金，未用的赠金同时收回。退款请到门店办理。',
      },
      {
        title: '您的权利',
        text: '您可以随时在「储值」页面查看余额和明细，也可以请门店更正您的信息、退还余额或注销会员。注销后，除法律要求保存的账目外，我们会删除您的会员信息。',
      },
      {
        title: '协议更新',
        text: '协议有变更时，页面上会换成新的版本。您同意的是哪个版本，我们就按哪个版本留存记录。',
      },
    ],
  },
  en: {
    title: "Members' agreement",
    intro:
      'Please take a minute to read this before you join. By tapping "Agree and join" you agree to what follows. You can order and pay without being a member.',
    clauses: [
      {
        title: 'What we keep',
        text: 'Your WeChat identifier in this mini-program, your member code, when you joined, which version of this agreement you agreed to, and what you top up and spend. Joining needs no phone number, no name and no location.',
      },
      {
        title: 'What it is for',
        text: 'To know you when you order, top up and pay, and to account for your money. The restaurant keeps it, does not sell it, and uses it for nothing but your meals with us, unless the law demands otherwise.',
      },
      {
        title: 'Using stored value',
        text: 'What you pay is the principal; what you are given with it is the bonus. Paying uses the oldest top-up first, and by default its principal and bonus in the proportion in which you got them. A bonus cannot be exchanged for cash or passed on. Stored value does not expire.',
      },
      {
        title: 'Getting it back',
        text: 'Within 7 days of a top-up of which nothing was used, you get all of the principal back. Later, or when some of it was used, what you spent counts at the discount you topped up at, you get the rest of the principal, and the unused bonus lapses. Please ask at the restaurant.',
      },
      {
        title: 'Your rights',
        text: 'You can see your balance and its entries on the Stored value page at any time, and ask the restaurant to correct what it keeps, to return your balance or to end your membership. Then we delete what we know of you as a member, except the accounts that the law tells us to keep.',
      },
      {
        title: 'Changes',
        text: 'When this agreement changes, the new version stands here. We keep a record of the version that you agreed to.',
      },
    ],
  },
};

const VERSIONS: Record<string, Record<Lang, Agreement>> = { '2026-11': NOVEMBER_2026 };

/** The text of a version in the language in use; null where this phone does not have it. */
export function agreementOf(version: string): Agreement | null {
  return VERSIONS[version]?.[lang()] ?? null;
}
