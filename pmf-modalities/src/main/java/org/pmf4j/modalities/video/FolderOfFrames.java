package org.pmf4j.modalities.video;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.image.AnimationDecoder;
import org.pmf4j.modalities.image.ImageDecoder;

/**
 * A video as a folder: each file in it is a picture and a frame, in {@link NaturalOrder} of their
 * names. Files whose names begin with a dot are passed over. Immutable, so that any number of
 * threads may share it.
 *
 * @param frames in the order of time, at least one
 */
record FolderOfFrames(List<Path> frames) {

  /**
   * Lists a folder, and looks at the header of every picture in it.
   *
   * @throws PmfException naming the folder if there is nothing in it, or too much, or what in it is
   *     no picture
   */
  static FolderOfFrames of(Path folder) {
    List<Path> frames = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder, f -> !f.getFileName().toString().startsWith("."))) {
      for (Path file : all) {
        if (frames.size() == AnimationDecoder.MOST_FRAMES) {
          throw PmfException.input(
              folder
                  + ": has more than "
                  + AnimationDecoder.MOST_FRAMES
                  + " files, the limit of a video; cut it into shorter ones");
        }
        frames.add(file);
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
    if (frames.isEmpty()) {
      throw PmfException.input(folder + ": is a folder without pictures, and no video");
    }
    frames.sort(Comparator.comparing(f -> f.getFileName().toString(), new NaturalOrder()));
    for (Path frame : frames) {
      ImageDecoder.check(new Source.File(frame));
    }
    return new FolderOfFrames(List.copyOf(frames));
  }
}
