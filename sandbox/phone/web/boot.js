// Decides what this window is: a phone that fills it, or a desk with a phone on it.
const NARROW = 600
const params = new URLSearchParams(location.search)

function load(source) {
  const script = document.createElement('script')
  script.src = source
  script.async = false
  document.body.append(script)
}

if (params.has('bare') || params.has('frame') || window.innerWidth < NARROW) {
  document.body.append(document.querySelector('#phone').content)
  load('/__runtime.js')
  load('/__program.js')
} else {
  import('/__host/desk/desk.js')
}
