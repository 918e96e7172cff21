package org.pmf4j.core.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.encoder.Constants;
import org.pmf4j.core.encoder.EncoderDirectory;
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

  /** Configuration, tokenizers and preprocessing, but not an index of shards. */
  private static final Pattern KEPT =
      Pattern.compile("(?!.*\\.index(\\.\\w+)?\\.json$).*\\.(json|txt|model)");

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
    try (Stream<Path> files = Files.list(source.files())) {
      for (Path file : files.filter(FromEncoder::isKept).sorted().toList()) {
        copy(file, directory.resolve(file.getFileName()));
      }
      if (source.files().equals(source.path())) {
        for (Map.Entry<String, Path> module : source.folder().files().entrySet()) {
          copy(module.getValue(), directory.resolve(module.getKey()));
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(source.path(), e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    AtomicFile.createFolders(to.getParent());
    AtomicFile.write(to, Files.readAllBytes(from));
  }

  private static boolean isKept(Path file) {
    return Files.isRegularFile(file) && KEPT.matcher(file.getFileName().toString()).matches();
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
