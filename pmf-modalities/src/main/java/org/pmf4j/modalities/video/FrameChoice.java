package org.pmf4j.modalities.video;

/**
 * Which frames of a video an encoder sees: {@code numpy.linspace(0, frames - 1, count)} cut down to
 * whole numbers, the usual rule of VideoMAE. The first frame is always among them, the last where
 * there are two or more; a video of fewer frames shows some of them again.
 *
 * @param count how many frames the encoder takes, above 0
 */
record FrameChoice(int count) {

  /**
   * The frames in the order of time.
   *
   * @param frames of the video, at least 1
   * @return {@code count} numbers from 0 to {@code frames} - 1
   */
  int[] of(int frames) {
    int[] chosen = new int[count];
    double step = count == 1 ? 0 : (frames - 1) / (double) (count - 1);
    for (int i = 0; i < count; i++) {
      chosen[i] = (int) (i * step);
    }
    if (count > 1) {
      chosen[count - 1] = frames - 1;
    }
    return chosen;
  }
}
