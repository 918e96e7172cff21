/** The consumer as a module, which names what it compiles against alone. */
module org.example.consumer {
  requires org.pmf4j.api;
  requires org.pmf4j.core;
}
