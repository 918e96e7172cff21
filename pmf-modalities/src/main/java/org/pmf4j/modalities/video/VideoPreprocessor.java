package org.pmf4j.modalities.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.image.AnimationDecoder;
import org.pmf4j.modalities.image.EqualShapes;
import org.pmf4j.modalities.image.ImageDecoder;
import org.pmf4j.modalities.image.PixelValues;

/**
 * From a video to {@code pixel_values}, FLOAT32 [T, 3, H, W]. No more than the canvas and one frame
 * is in memory besides.
 *
 * @param values what becomes of a frame
 * @param choice which frames these are
 */
record VideoPreprocessor(PixelValues values, FrameChoice choice) implements Preprocessor {
  private static final String PIXELS = "pixel_values";

  @Override
  public Named<HostTensor> prepare(Source source) {
    ChosenFrames chosen = new ChosenFrames(source.describe(), values, choice.count());
    if (source instanceof Source.File file && Files.isDirectory(file.path())) {
      readFolder(file.path(), chosen);
    } else {
      AnimationDecoder.decode(source, choice::of, chosen);
    }
    return Named.of(PIXELS, chosen.tensor());
  }

  private void readFolder(Path folder, ChosenFrames chosen) {
    List<Path> frames = FolderOfFrames.of(folder).frames();
    int[] numbers = choice.of(frames.size());
    for (int place = 0; place < numbers.length; ) {
      int times = AnimationDecoder.times(numbers, place);
      Source frame = new Source.File(frames.get(numbers[place]));
      chosen.put(place, times, ImageDecoder.decode(frame, values::resized));
      place += times;
    }
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    return EqualShapes.batch(PIXELS, samples, "videos");
  }

  /** All videos of an encoder have one size, so one length serves. */
  @Override
  public int length(Named<HostTensor> sample) {
    return 1;
  }

  @Override
  public String fingerprint() {
    return Fingerprint.ofParts(
        Stream.concat(
                Stream.of("video preprocessing 1", choice.toString()),
                Stream.of(values.fingerprint()))
            .toArray(String[]::new));
  }

  @Override
  public void close() {
    // Nothing native is held.
  }
}
