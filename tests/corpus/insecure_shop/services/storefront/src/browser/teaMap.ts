// The map of tea gardens: pins to click, a camera to pan, a sound track of birds.

declare const analytics: { track(event: string, properties: Record<string, unknown>): void };

interface Pin {
  garden: string;
  x: number;
  y: number;
  color: string;
}

export class TeaMap {
  private panX = 0;
  private panY = 0;

  constructor(private readonly pins: Pin[], private readonly birds: HTMLAudioElement) {}

  pan(dx: number, dy: number): void {
    this.panX += dx;
    this.panY += dy;
    console.debug("pan to", this.panX, this.panY);
    sessionStorage.setItem("panX", String(this.panX));
  }

  drop(pin: Pin): void {
    this.pins.push(pin);
    localStorage.setItem("mapPins", JSON.stringify(this.pins));
    console.debug("pin color", pin.color);
    analytics.track("pin dropped", { garden: pin.garden });
  }

  playTrack(track: string): void {
    this.birds.src = `/sounds/${track}.ogg`;
    console.debug("playing track", track);
    localStorage.setItem("soundTrack", track);
  }
}
