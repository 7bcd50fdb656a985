// The three letters mean other things where there are no cards.
const panner = audio.createStereoPanner();

export function move(event, pan, map) {
  // ok: pan_logged.javascript.log
  console.log(pan, event.pan, map.pan.x);
  // ok: pan_logged.javascript.log
  console.log("pan", camera.pan, view.pan);
  // ok: pan_logged.javascript.log
  logger.debug({ pan, zoom: map.zoom, tilt: camera.tilt });
  // ok: pan_logged.javascript.log
  console.log(panGesture, panResponder, expand, company, japan);
  // ok: pan_logged.javascript.card
  console.log(card, { card }, JSON.stringify(card));
}
