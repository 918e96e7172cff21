package org.pmf4j.modalities.audio;

import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.audio.decode.AudioDecoder;
import org.pmf4j.modalities.audio.feature.FrontEnd;

/**
 * From a clip to what its encoder's front end makes of it.
 *
 * @param frontEnd the encoder's
 */
record AudioPreprocessor(FrontEnd frontEnd) implements Preprocessor {
  @Override
  public Named<HostTensor> prepare(Source source) {
    float[] samples = AudioReader.read(source, frontEnd.demand());
    try {
      return frontEnd.inputs(samples);
    } catch (PmfException e) {
      throw PmfException.input(source.describe() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    return frontEnd.collate(samples);
  }

  @Override
  public int length(Named<HostTensor> sample) {
    return frontEnd.length(sample);
  }

  @Override
  public String fingerprint() {
    return Fingerprint.ofParts(
        "audio preprocessing 1", frontEnd.toString(), AudioDecoder.versions());
  }

  @Override
  public void close() {
    // Nothing native is held.
  }
}
