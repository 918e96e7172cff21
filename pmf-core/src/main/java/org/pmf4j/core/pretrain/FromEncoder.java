package org.pmf4j.core.pretrain;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.encoder.Constants;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderSideFiles;
import org.pmf4j.core.encoder.StoredWeights;
import org.pmf4j.core.encoder.TunedWeights;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.ParameterStore;

/**
 * An existing encoder, trained further. Its configuration, the files of its preprocessing and the
 * modules of sentence-transformers beside it are copied, its tensors keep their names, and those
 * that the family does not ask for – poolers, heads, the other half of CLIP – their values.
 * Half-precision files become single precision.
 *
 * @param source the encoder's directory
 * @param family that reads it
 * @param stored its weights
 */
record FromEncoder(EncoderDirectory source, EncoderFamily family, StoredWeights stored)
    implements Initialization {
  private static final String FROM = "from";

  static FromEncoder open(InitialEncoder.Existing origin, String modality, PluginRegistry plugins) {
    EncoderDirectory source = EncoderDirectory.open(origin.encoder());
    Map<String, EncoderFamily> families = source.families(plugins);
    EncoderFamily family = families.get(modality);
    if (family == null) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s is an encoder for %s, not for %s",
              origin.encoder(),
              String.join(" and ", families.keySet()),
              modality));
    }
    SizeCheck.check(source, family, origin.stated());
    StoredWeights stored = StoredWeights.open(source.files(), family.prefix());
    return new FromEncoder(source, family, stored);
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(FROM, source.fingerprint());
  }

  @Override
  public boolean isKnownAs(String key, String saved) {
    return key.equals(FROM) && source.isKnownAs(saved);
  }

  @Override
  public void initialize(Path directory, List<Source> corpus) {
    EncoderSideFiles.copy(source, directory);
  }

  @Override
  public Weights weights(ParameterStore store, Constants constants) {
    return new TunedWeights(stored, store::make, constants);
  }

  @Override
  public Map<String, HostTensor> untrained(List<String> trained) {
    Map<String, HostTensor> rest = new LinkedHashMap<>();
    stored.store().names().stream()
        .filter(name -> !trained.contains(name))
        .forEach(name -> rest.put(name, stored.store().tensor(name)));
    return rest;
  }

  @Override
  public void close() {
    stored.store().close();
  }
}
