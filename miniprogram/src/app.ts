import { onLanguage, translateTabs } from './i18n/index';

App({
  onLaunch() {
    onLanguage(translateTabs);
    const updates = wx.getUpdateManager();
    // The new version is taken at the next cold start, so that nobody's order is interrupted.
    updates.onUpdateReady(() => {});
  },
});
