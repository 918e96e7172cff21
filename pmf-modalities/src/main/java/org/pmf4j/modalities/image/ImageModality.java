package org.pmf4j.modalities.image;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.directory.EncoderDirectory;

/** Images: a cell is the path of a file. */
public final class ImageModality implements Modality {
  @Override
  public String name() {
    return "image";
  }

  @Override
  public String description() {
    return "image files: " + ImageDecoder.FORMATS;
  }

  /** Looks at the header alone. */
  @Override
  public void check(Source source) {
    ImageDecoder.check(source);
  }

  @Override
  public Source parse(String cell, Path folder) {
    try {
      return new Source.File(folder.resolve(cell.strip()));
    } catch (InvalidPathException e) {
      throw PmfException.input(
          "\"" + cell.strip() + "\" is no path of a file: " + e.getReason(), e);
    }
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType) {
    EncoderDirectory directory = new EncoderDirectory(encoder);
    return new ImagePreprocessor(
        ImageSettings.of(
            directory.require(
                "preprocessor_config.json",
                "save the encoder's image processor there, for example by"
                    + " ViTImageProcessor(size={\"height\": 224, \"width\": 224})"
                    + ".save_pretrained(DIR)")));
  }

  @Override
  public Optional<Pretraining> pretraining() {
    return Optional.of(new ImagePretraining());
  }
}
