// The tablet's own: a sound for a new card, and a screen that does not fall asleep.

let audio = null;

/** Browsers make no sound before somebody has touched the page. */
export function soundAllowed() {
    return audio?.state === "running";
}

export async function allowSound() {
    try {
        audio ||= new AudioContext();
        await audio.resume();
    } catch {
        audio = null;
    }
}

/** Two notes; three higher ones for a rush. */
export function ring(rush) {
    if (!soundAllowed()) {
        return;
    }
    (rush ? [1047, 1319, 1568] : [784, 1047]).forEach((pitch, place) => {
        const start = audio.currentTime + place * 0.16;
        const tone = audio.createOscillator();
        const volume = audio.createGain();
        tone.frequency.value = pitch;
        volume.gain.setValueAtTime(0.4, start);
        volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
        tone.connect(volume).connect(audio.destination);
        tone.start(start);
        tone.stop(start + 0.32);
    });
}

export function stayAwake() {
    const ask = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
    document.addEventListener("visibilitychange", ask);
    ask();
}
