package org.pmf4j.modalities.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.modality.Measure;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.directory.SettingsFiles;
import org.pmf4j.modalities.image.AnimationDecoder;
import org.pmf4j.modalities.image.PixelValues;

/**
 * Videos: a cell is the path of an animation, or of a folder of pictures. Immutable, so that any
 * number of threads may share it.
 */
public final class VideoModality implements Modality {
  private static final int USUAL_FRAMES = 16;
  private static final int MOST_FRAMES = 1 << 10;

  @Override
  public String name() {
    return "video";
  }

  @Override
  public String description() {
    return "videos: " + AnimationDecoder.FORMATS + ", folders of pictures in natural order";
  }

  @Override
  public Source parse(String cell, Path folder) {
    return Source.File.named(cell, folder);
  }

  @Override
  public boolean takesFolders() {
    return true;
  }

  /** Looks at the header of an animation, or at those of all pictures of a folder. */
  @Override
  public void check(Source source) {
    if (source instanceof Source.File file && Files.isDirectory(file.path())) {
      FolderOfFrames.of(file.path());
    } else {
      AnimationDecoder.check(source);
    }
  }

  /** The frames of a folder; those of an animation stand all over it. */
  @Override
  public List<Measure> measures(Source source) {
    return source instanceof Source.File file && Files.isDirectory(file.path())
        ? List.of(new Measure("length", "frames", FolderOfFrames.of(file.path()).frames().size()))
        : List.of();
  }

  /** Up to four frames, from the first to the last. */
  @Override
  public Optional<Preview> preview(Source source) {
    return Optional.of(FrameSheet.of(source));
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType) {
    SettingsFiles directory = new SettingsFiles(encoder);
    PixelValues values = PixelValues.of(directory, modelType);
    EncoderConfig config =
        directory.require("config.json", "it says how many frames the encoder takes");
    int frames = config.size("num_frames", USUAL_FRAMES);
    if (frames > MOST_FRAMES) {
      throw config.wrong("num_frames", "at most " + MOST_FRAMES, frames);
    }
    return new VideoPreprocessor(values, new FrameChoice(frames));
  }

  @Override
  public Optional<Pretraining> pretraining() {
    return Optional.of(new VideoPretraining());
  }
}
