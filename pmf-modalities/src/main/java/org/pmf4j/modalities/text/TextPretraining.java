package org.pmf4j.modalities.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.directory.ExtraSizes;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * New BERT encoders: {@code vocab-size} (the most tokens; fewer where the texts do not give as
 * many), {@code max-length}, {@code mlp-width}.
 */
final class TextPretraining implements Pretraining {
  private static final String MODEL_TYPE = "bert";
  private static final String VOCAB_SIZE = "vocab-size";
  private static final String MAX_LENGTH = "max-length";
  private static final String MLP_WIDTH = "mlp-width";
  private static final WordPiece.Special SPECIAL = WordPiece.Special.BERT;

  @Override
  public String modelType() {
    return MODEL_TYPE;
  }

  @Override
  public void initialize(Path directory, Sizes sizes, List<Source> corpus) {
    ExtraSizes extra = ExtraSizes.of(sizes, Set.of(VOCAB_SIZE, MAX_LENGTH, MLP_WIDTH));
    int length = extra.get(MAX_LENGTH, 128);
    if (length < 3) {
      throw PmfException.usage(MAX_LENGTH + " must be 3 or more, got " + length);
    }
    Map<String, Integer> vocabulary = vocabulary(corpus, extra.get(VOCAB_SIZE, 8192));
    SettingsFiles target = new SettingsFiles(directory);
    target.write(
        VocabularyFile.NAME,
        (String.join("\n", vocabulary.keySet()) + "\n").getBytes(StandardCharsets.UTF_8));
    target.write(
        TokenizerFile.NAME,
        new WordPiece(vocabulary, SPECIAL, WordPiece.Cleaning.DEFAULT).toJson());
    target.write(TokenizerFile.SETTINGS, settings(length));
    target.write(
        "config.json",
        config(sizes, extra.get(MLP_WIDTH, 4 * sizes.width()), vocabulary.size(), length));
  }

  private static Map<String, Integer> vocabulary(List<Source> corpus, int size) {
    List<String> texts = corpus.stream().map(TextPreprocessor::text).toList();
    Map<List<String>, Long> words = Words.count(texts);
    if (words.isEmpty()) {
      throw PmfException.input("the column of texts has no words to make a vocabulary from");
    }
    int pieces = size - SPECIAL.all().size();
    if (pieces < 2) {
      throw PmfException.usage(
          VOCAB_SIZE + " must be " + (SPECIAL.all().size() + 2) + " or more, got " + size);
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    SPECIAL.all().forEach(token -> ids.put(token, ids.size()));
    WordPieceTrainer.train(words, pieces).forEach(piece -> ids.putIfAbsent(piece, ids.size()));
    return ids;
  }

  private static Map<String, Object> settings(int length) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("tokenizer_class", "BertTokenizer");
    settings.put("do_lower_case", true);
    settings.put("strip_accents", null);
    settings.put("tokenize_chinese_chars", true);
    settings.put("model_max_length", length);
    settings.put("pad_token", SPECIAL.pad());
    settings.put("unk_token", SPECIAL.unknown());
    settings.put("cls_token", SPECIAL.cls());
    settings.put("sep_token", SPECIAL.separator());
    settings.put("mask_token", SPECIAL.mask());
    return settings;
  }

  private static Map<String, Object> config(Sizes sizes, int mlpWidth, int vocabulary, int length) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("BertModel"));
    config.put("model_type", MODEL_TYPE);
    config.put("vocab_size", vocabulary);
    config.put("hidden_size", sizes.width());
    config.put("num_hidden_layers", sizes.depth());
    config.put("num_attention_heads", sizes.heads());
    config.put("intermediate_size", mlpWidth);
    config.put("hidden_act", "gelu");
    config.put("hidden_dropout_prob", 0.0);
    config.put("attention_probs_dropout_prob", 0.0);
    config.put("max_position_embeddings", length);
    config.put("type_vocab_size", 2);
    config.put("initializer_range", 0.02);
    config.put("layer_norm_eps", 1e-12);
    config.put("pad_token_id", SPECIAL.all().indexOf(SPECIAL.pad()));
    config.put("position_embedding_type", "absolute");
    config.put("torch_dtype", "float32");
    return config;
  }

  /** Texts are not changed; what varies is which of their tokens are hidden. */
  @Override
  public Named<HostTensor> augment(Named<HostTensor> sample, RandomGenerator random) {
    return sample;
  }

  @Override
  public Optional<MaskedTokens> maskedTokens() {
    return Optional.of(new MaskedWordPieces());
  }
}
