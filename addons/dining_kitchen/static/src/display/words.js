// The screen's own words. Cooks switch the language on the spot, so both are always at hand.

const WORDS = {
    pass: ["传菜", "Pass"],
    byTable: ["按桌", "Tables"],
    byDish: ["合并同菜", "Dishes"],
    recall: ["撤回", "Recall"],
    recallList: ["最近完成", "Done"],
    nothingToRecall: ["还没有可撤回的菜", "Nothing to recall yet"],
    close: ["关闭", "Close"],
    otherLanguage: ["EN", "中文"],
    soundOn: ["声音开", "Sound on"],
    soundOff: ["声音关", "Sound off"],
    soundWaits: ["点一下屏幕，开启来单提示音", "Tap the screen once to allow sound"],
    rush: ["加急", "RUSH"],
    warn: ["偏慢", "SLOW"],
    late: ["超时", "LATE"],
    minutes: ["{n} 分", "{n} min"],
    justNow: ["刚到", "New"],
    held: ["等叫起", "On hold"],
    heldHint: ["客人叫起后再做", "Cook when the guests call"],
    note: ["忌口", "NOTE"],
    again: ["重做", "COOK AGAIN"],
    voided: ["退菜 {n} 份", "{n} TAKEN OFF"],
    seen: ["知道了", "Got it"],
    set: ["套餐", "SET"],
    seat: ["{n} 号客", "Guest {n}"],
    guests: ["{n} 人", "{n} guests"],
    noTable: ["外带", "To go"],
    cooking: ["在做", "Cooking"],
    done: ["已出", "Done"],
    standing: ["待传", "Serve"],
    missing: ["未出", "Missing"],
    served: ["已上 {n}", "{n} served"],
    one: ["1 份", "1 only"],
    bump: ["全部出餐", "All ready"],
    serve: ["全部上菜", "Serve all"],
    serveReady: ["上菜 {n} 份", "Serve {n}"],
    nothingReady: ["还没有待传的菜", "Nothing to serve yet"],
    portions: ["{n} 份", "{n} portions"],
    cards: ["{n} 单", "{n} cards"],
    tables: ["{n} 桌", "{n} tables"],
    allDay: ["合计", "All day"],
    emptyStation: ["都做完了", "All done"],
    emptyPass: ["都上齐了", "Everything is served"],
    emptyHint: ["新单会自动出现在这里", "New orders appear here by themselves"],
    lost: ["连接中断 {time}", "No connection for {time}"],
    lostSince: ["画面停在 {time}，新单暂时看不到", "Shown as of {time}; new orders are not seen"],
    queued: ["{n} 个操作已记下，恢复后自动提交", "{n} taps are kept and sent when it is back"],
    revoked: ["这个厨显链接已失效", "This display's link is no longer valid"],
    revokedHint: ["请让经理在后台重新打开", "Ask a manager to open it again from the back office"],
    tables_many: ["多桌", "Several tables"],
    whyAgain: ["为什么重做？", "Why is it cooked again?"],
    cancel: ["取消", "Cancel"],
};

export const REASONS = [
    ["客人退回", "Sent back by the guest"],
    ["做错了", "Made wrong"],
    ["打翻了", "Dropped"],
    ["凉了", "Gone cold"],
];

/** A word of the screen in a language; `{n}` and the like are filled in. */
export function word(language, name, values = {}) {
    const text = WORDS[name][language === "en" ? 1 : 0];
    return text.replace(/\{(\w+)\}/g, (_match, key) => values[key]);
}
