package org.pmf4j.modalities.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.image.AnimationDecoder;
import org.pmf4j.modalities.image.ImageDecoder;
import org.pmf4j.modalities.image.RgbImage;
import org.pmf4j.modalities.image.Thumbnail;

/** A few frames of a video on one small picture, in the order of time. */
final class FrameSheet {
  private static final FrameChoice FOUR = new FrameChoice(4);

  private FrameSheet() {}

  /**
   * The first frame, the last, and two between them; a video of fewer shows each once.
   *
   * @throws org.pmf4j.api.error.PmfException as {@link VideoPreprocessor#prepare}
   */
  static Preview.Picture of(Source source) {
    List<RgbImage> frames = new ArrayList<>();
    if (source instanceof Source.File file && Files.isDirectory(file.path())) {
      List<Path> all = FolderOfFrames.of(file.path()).frames();
      for (int number : chosen(all.size())) {
        Source frame = new Source.File(all.get(number));
        frames.add(ImageDecoder.decode(frame, Thumbnail::fittedToSheet).image());
      }
    } else {
      AnimationDecoder.decode(
          source, FrameSheet::chosen, (place, times, image) -> frames.add(image));
    }
    return Thumbnail.sheet(frames);
  }

  private static int[] chosen(int frames) {
    return Arrays.stream(FOUR.of(frames)).distinct().toArray();
  }
}
