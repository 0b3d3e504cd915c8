import { basic } from './basic.mjs'
import { button } from './button.mjs'
import { choices } from './choice.mjs'
import { images } from './image.mjs'
import { fields } from './input.mjs'
import { picker } from './picker.mjs'
import { pickerViews } from './picker_view.mjs'
import { scrollView } from './scroll_view.mjs'
import { swipers } from './swiper.mjs'
import { video } from './video.mjs'

/**
 * WeChat's own components, written again: Tencent's are closed. A definition holds
 * properties, reflect (properties copied to DOM attributes), events (besides the common ones),
 * template ('' = no children, absent = a slot), data, observers, methods,
 * attached/ready/detached, onTap.
 * This module is read by the build in node too: nothing here touches the DOM while loading.
 */
export const BUILTINS = {
  ...basic,
  ...images,
  ...fields,
  ...choices,
  ...swipers,
  ...pickerViews,
  button,
  picker,
  'scroll-view': scrollView,
  video,
}

/** Tags of the template language itself. */
export const SYNTAX_TAGS = ['block', 'slot', 'template', 'wxs', 'import', 'include']

export const builtinPath = (name) => `__builtin__/${name}`

export const builtinTemplates = () =>
  Object.fromEntries(
    Object.entries(BUILTINS).map(([name, definition]) => [
      builtinPath(name),
      definition.template ?? '<slot/>',
    ]),
  )
