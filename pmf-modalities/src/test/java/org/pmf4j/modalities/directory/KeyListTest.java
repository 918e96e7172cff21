package org.pmf4j.modalities.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.slf4j.LoggerFactory;

class KeyListTest {
  private static final KeyList BERT = KeyList.of("config", "config.bert");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(KeyList.class)).addAppender(log);
  }

  @AfterEach
  void stopListening() {
    ((Logger) LoggerFactory.getLogger(KeyList.class)).detachAppender(log);
  }

  private static EncoderConfig config(Map<String, Object> values) {
    return new EncoderConfig("DIR/config.json", values);
  }

  @Test
  void keysThatAreHonouredOrIrrelevantPassInSilence() {
    BERT.check(config(Map.of("hidden_size", 16, "hidden_dropout_prob", 0.5, "use_cache", true)));
    assertThat(log.list).isEmpty();
  }

  @Test
  void aKeyOfNoListIsNamedOnce() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("alibi_bias", true);
    values.put("new\nkey", null);
    BERT.check(config(values));
    assertThat(log.list).hasSize(1);
    assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
    assertThat(log.list.get(0).getFormattedMessage())
        .isEqualTo(
            "DIR/config.json: not known here, and passed over: \"alibi_bias\", \"new\\u000akey\"");
  }

  @Test
  void manyKeysOfNoListMakeOneLine() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < 1_000; i++) {
      values.put("k" + i, i);
    }
    BERT.check(config(values));
    assertThat(log.list).hasSize(1);
    assertThat(log.list.get(0).getFormattedMessage())
        .endsWith("\"k18\", \"k19\" and 980 more")
        .hasSizeLessThan(300);
  }

  @Test
  void aRefusedKeyIsRefusedUnlessItsValueChangesNothing() {
    Map<String, Object> neutral = new LinkedHashMap<>();
    neutral.put("is_decoder", false);
    neutral.put("pruned_heads", Map.of());
    neutral.put("quantization_config", null);
    neutral.put("position_embedding_type", "absolute");
    assertThatCode(() -> BERT.check(config(neutral))).doesNotThrowAnyException();
    KeyList whisper = KeyList.of("preprocessor_config.Whisper");
    assertThatCode(() -> whisper.check(config(Map.of("dither", 0.0)))).doesNotThrowAnyException();

    assertThatThrownBy(() -> BERT.check(config(Map.of("pruned_heads", Map.of("0", List.of(1))))))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            "DIR/config.json: \"pruned_heads\" is {0: [1]}: pruned attention heads are not supported;"
                + " use the model before pruning");
    assertThatThrownBy(() -> BERT.check(config(Map.of("is_decoder", "x".repeat(1_000)))))
        .message()
        .hasSizeLessThan(300);
  }

  @Test
  void aFamilysOwnListGoesBeforeTheCommonOne() {
    assertThat(KeyList.of("config", "config.roberta").entries().get("pad_token_id").verdict())
        .isEqualTo(KeyList.Verdict.HONOURED);
    assertThat(BERT.entries().get("pad_token_id").verdict()).isEqualTo(KeyList.Verdict.IRRELEVANT);
  }

  @Test
  void aListThatIsNotThereIsNone() {
    assertThat(KeyList.find("nothing")).isEmpty();
    assertThatThrownBy(() -> KeyList.of("nothing")).isInstanceOf(IllegalArgumentException.class);
  }
}
