// Decides what this window is: a phone that fills it, or a desk with a phone on it.
;(function () {
  const narrow = 600
  const params = new URLSearchParams(location.search)
  const isPhone = params.has('bare') || params.has('frame') || window.innerWidth < narrow

  function load(source) {
    const script = document.createElement('script')
    script.src = source
    script.async = false
    document.body.append(script)
  }

  if (isPhone) {
    document.body.append(document.querySelector('#phone').content)
    load('/__runtime.js')
    load('/__program.js')
  } else {
    load('/__host/desk.js')
  }
})()
