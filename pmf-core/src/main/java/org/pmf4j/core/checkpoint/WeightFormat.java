package org.pmf4j.core.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.core.pytorch.PyTorchFile;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.store.TensorStore;

/**
 * A format of weights and the names that {@code save_pretrained} gives its files; in the order in
 * which they are looked for. Source: transformers 4.57, {@code modeling_utils._add_variant} and
 * {@code _get_resolved_checkpoint_files}.
 */
enum WeightFormat {
  /** What {@code save_pretrained} writes today. */
  SAFETENSORS("model", "safetensors", SafetensorsFile::open),
  /** What it wrote before, by {@code torch.save}. */
  PYTORCH("pytorch_model", "bin", PyTorchFile::open);

  private static final String INDEX = ".index.";

  private final String stem;
  private final String extension;
  private final Function<Path, TensorStore> opener;
  private final Pattern variant;

  WeightFormat(String stem, String extension, Function<Path, TensorStore> opener) {
    this.stem = stem;
    this.extension = extension;
    this.opener = opener;
    String word = "([A-Za-z0-9_]+)";
    this.variant =
        Pattern.compile(
            String.format(
                Locale.ROOT,
                "%1$s\\.%3$s\\.%2$s|%1$s\\.%2$s\\.index\\.%3$s\\.json",
                stem,
                extension,
                word));
  }

  /** The file of all weights, such as {@code model.safetensors}. */
  String single() {
    return stem + "." + extension;
  }

  /** The index of shards, such as {@code model.safetensors.index.json}. */
  String index() {
    return single() + INDEX + "json";
  }

  /** Both names, of a variant such as {@code fp16}. */
  List<String> names(String variant) {
    return List.of(stem + "." + variant + "." + extension, single() + INDEX + variant + ".json");
  }

  /** Both names. */
  List<String> names() {
    return List.of(single(), index());
  }

  /** The variant in a file's name; empty if it is none. */
  Optional<String> variant(String fileName) {
    Matcher matcher = variant.matcher(fileName);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
  }

  /** The format of a file that it names. */
  static WeightFormat of(Path entry) {
    return entry.getFileName().toString().startsWith(PYTORCH.stem) ? PYTORCH : SAFETENSORS;
  }

  /** True for an index, of a variant or not. */
  static boolean isIndex(Path file) {
    return file.getFileName().toString().contains(INDEX);
  }

  /**
   * Opens weights.
   *
   * @param entry a file, or an index of shards
   */
  TensorStore open(Path entry) {
    return isIndex(entry) ? ShardedTensors.open(entry, opener) : opener.apply(entry);
  }
}
