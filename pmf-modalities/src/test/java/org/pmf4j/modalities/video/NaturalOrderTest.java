package org.pmf4j.modalities.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  private static final List<String> ORDERED =
      List.of(
          "1.png",
          "01.png",
          "2.png",
          "10.png",
          "10a.png",
          "99999999999999999999998.png",
          "99999999999999999999999.png",
          "Frame1.png",
          "a",
          "a-2-10.png",
          "a-10-2.png",
          "frame2.png",
          "frame10.png",
          "frame10b.png",
          "\uD83D\uDE00.png");

  @Test
  void numbersAreComparedAsNumbersAndAllElseByCodePoints() {
    long seed = 3;
    System.out.println("natural order: seed " + seed);
    List<String> names = new ArrayList<>(ORDERED);
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(names, random);
      names.sort(new NaturalOrder());
      assertThat(names).isEqualTo(ORDERED);
    }
  }

  @Test
  void onlyEqualNamesAreEqual() {
    NaturalOrder order = new NaturalOrder();
    for (String a : ORDERED) {
      for (String b : ORDERED) {
        assertThat(order.compare(a, b) == 0).isEqualTo(a.equals(b));
        assertThat(order.compare(a, b)).isEqualTo(-order.compare(b, a));
      }
    }
  }
}
