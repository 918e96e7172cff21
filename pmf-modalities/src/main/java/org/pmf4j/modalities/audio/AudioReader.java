package org.pmf4j.modalities.audio;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.audio.decode.AudioDecoder;
import org.pmf4j.modalities.audio.decode.Sound;
import org.pmf4j.modalities.audio.feature.Demand;

/**
 * Reads the samples that a front end takes: mono (the mean of the channels), at its rate, and no
 * more of them than it uses.
 */
final class AudioReader {
  private AudioReader() {}

  /**
   * The samples of a source, at least one.
   *
   * @throws PmfException naming the source, if it is no audio, damaged, without samples, too long
   *     for a front end that does not cut, has a sample that is not finite, or if the thread is
   *     interrupted, which it stays
   */
  static float[] read(Source source, Demand demand) {
    String name = source.describe();
    try (Sound sound = AudioDecoder.open(source)) {
      if (!demand.cuts() && seconds(sound) > (double) demand.most() / demand.rate()) {
        throw tooLong(name, sound, demand);
      }
      Samples samples = new Samples(demand.most());
      Resampler resampler = new Resampler(sound.rate(), demand.rate());
      long frames = 0;
      while (!samples.overflowed()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException();
        }
        float[] block = sound.read();
        if (block.length == 0) {
          samples.add(resampler.finish());
          break;
        }
        samples.add(resampler.push(mono(name, sound, block, frames)));
        frames += block.length / sound.channels();
      }
      if (frames == 0) {
        throw PmfException.input(name + ": the audio has no samples");
      }
      if (samples.overflowed() && !demand.cuts()) {
        throw tooLong(name, sound, demand);
      }
      return samples.values();
    } catch (IOException | RuntimeException e) {
      throw AudioDecoder.refusal(name, e);
    }
  }

  private static float[] mono(String name, Sound sound, float[] block, long before) {
    int channels = sound.channels();
    float[] mono = new float[block.length / channels];
    for (int i = 0; i < block.length; i++) {
      if (!Float.isFinite(block[i])) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: sample %d (%.3f s) of channel %d is %s; repair or replace the file",
                name,
                before + i / channels,
                (before + i / channels) / (double) sound.rate(),
                i % channels + 1,
                block[i]));
      }
      mono[i / channels] += block[i];
    }
    for (int i = 0; i < mono.length; i++) {
      mono[i] /= channels;
    }
    return mono;
  }

  /** How long the header says that the sound is, 0 if it does not. */
  private static double seconds(Sound sound) {
    return sound.frames().orElse(0) / (double) sound.rate();
  }

  private static PmfException tooLong(String name, Sound sound, Demand demand) {
    double most = (double) demand.most() / demand.rate();
    String length =
        sound.frames().isPresent()
            ? String.format(Locale.ROOT, "%.1f s long", seconds(sound))
            : "too long";
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: the audio is %s, the limit of this encoder's front end is %.1f s; cut it",
            name,
            length,
            most));
  }

  /** Samples up to a number. */
  private static final class Samples {
    private final int most;
    private float[] values = {};
    private int count;
    private boolean overflowed;

    Samples(int most) {
      this.most = most;
    }

    void add(float[] more) {
      int taken = Math.min(more.length, most - count);
      if (count + taken > values.length) {
        values = Arrays.copyOf(values, Math.min(most, Math.max(count + taken, 2 * count)));
      }
      System.arraycopy(more, 0, values, count, taken);
      count += taken;
      overflowed |= taken < more.length;
    }

    /** True once there were more than that. */
    boolean overflowed() {
      return overflowed;
    }

    float[] values() {
      return Arrays.copyOf(values, count);
    }
  }
}
