package org.pmf4j.modalities.image;

import java.nio.file.Path;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
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
    return "image files: JPEG, PNG, WebP, TIFF, GIF (first frame), BMP";
  }

  @Override
  public Source parse(String cell, Path folder) {
    return new Source.File(folder.resolve(cell.strip()));
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
}
