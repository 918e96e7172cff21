package org.pmf4j.bench.speed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * The sizes of the work: of both encoders, of a batch and of the fusion. Immutable, so that any
 * number of threads may share it.
 *
 * @param width d of both encoders
 * @param depth L, layers of both
 * @param heads of both
 * @param mlp hidden width of their MLPs
 * @param imageTokens CLS and patches, whose number is a square
 * @param textTokens of the longest text of every batch
 * @param vocabulary of the text encoder
 * @param classes number of logits
 * @param batch samples of a batch
 * @param fusionLayers F
 * @param prompts length of each prompt
 */
public record Sizes(
    int width,
    int depth,
    int heads,
    int mlp,
    int imageTokens,
    int textTokens,
    int vocabulary,
    int classes,
    int batch,
    int fusionLayers,
    int prompts) {
  /** Pixels of a patch's side. */
  static final int PATCH = 16;

  /** ViT-base and BERT-base. */
  public static final Sizes BASE = new Sizes(768, 12, 12, 3072, 197, 64, 30522, 101, 8, 2, 4);

  /**
   * Checks the sizes.
   *
   * @throws PmfException naming the size that does not serve
   */
  public Sizes {
    require(width >= 1 && heads >= 1 && width % heads == 0, "width", "a multiple of heads", width);
    require(depth >= 1, "depth", "1 or more", depth);
    require(mlp >= 1, "mlp", "1 or more", mlp);
    int side = (int) Math.round(Math.sqrt(imageTokens - 1.0));
    require(
        imageTokens >= 2 && side * side == imageTokens - 1,
        "image-tokens",
        "a square and 1, such as 197",
        imageTokens);
    require(textTokens >= 3, "text-tokens", "3 or more", textTokens);
    require(vocabulary >= 64, "vocabulary", "64 or more", vocabulary);
    require(classes >= 2, "classes", "2 or more", classes);
    require(batch >= 1, "batch", "1 or more", batch);
    require(
        fusionLayers >= 1 && fusionLayers <= depth,
        "fusion-layers",
        "1 to the depth, " + depth,
        fusionLayers);
    require(prompts >= 1, "prompts", "1 or more", prompts);
  }

  private static void require(boolean ok, String name, String range, int found) {
    if (!ok) {
      throw PmfException.usage(name + " must be " + range + ", got " + found);
    }
  }

  /** Pixels of an image's side. */
  int imageSize() {
    return PATCH * (int) Math.round(Math.sqrt(imageTokens - 1.0));
  }

  /** Tokens of the text of row {@code i}: the first of every batch is the longest. */
  int textTokens(int i) {
    return Math.max(3, textTokens - i % batch * 7 % Math.max(1, textTokens * 25 / 32));
  }

  /** The same with batches of another size. */
  Sizes withBatch(int other) {
    return new Sizes(
        width,
        depth,
        heads,
        mlp,
        imageTokens,
        textTokens,
        vocabulary,
        classes,
        other,
        fusionLayers,
        prompts);
  }

  /** The sizes by their names on the command line, in order. */
  public Map<String, Integer> toMap() {
    Map<String, Integer> m = new LinkedHashMap<>();
    m.put("width", width);
    m.put("depth", depth);
    m.put("heads", heads);
    m.put("mlp", mlp);
    m.put("image-tokens", imageTokens);
    m.put("text-tokens", textTokens);
    m.put("vocabulary", vocabulary);
    m.put("classes", classes);
    m.put("batch", batch);
    m.put("fusion-layers", fusionLayers);
    m.put("prompts", prompts);
    return m;
  }
}
