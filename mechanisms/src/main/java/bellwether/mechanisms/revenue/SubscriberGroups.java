package bellwether.mechanisms.revenue;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.VirtualTypeLaw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Bidders that are alike, each kind once with a power; laws and drops are made once, too. */
final class SubscriberGroups {
  /**
   * Bidders that are alike.
   *
   * @param subscriber one of them
   * @param drops of its steps
   * @param law of its virtual type
   * @param power how many they are
   */
  record Group(Subscriber subscriber, ArmDrops drops, VirtualTypeLaw law, int power) {}

  private SubscriberGroups() {}

  /** Groups bidders, in the order in which they are first seen. */
  static List<Group> of(List<Subscriber> subscribers, Workers workers) {
    List<PrivateType> types = subscribers.stream().map(s -> s.value().type()).distinct().toList();
    VirtualTypeLaw[] laws = new VirtualTypeLaw[types.size()];
    workers.forEach(laws.length, k -> laws[k] = VirtualTypeLaw.of(types.get(k)));
    Map<PrivateType, VirtualTypeLaw> lawOf = new HashMap<>();
    for (int k = 0; k < laws.length; k++) {
      lawOf.put(types.get(k), laws[k]);
    }
    IdentityHashMap<RetirementSteps, ArmDrops> drops = new IdentityHashMap<>();
    IdentityHashMap<ArmDrops, Map<Terms, Integer>> known = new IdentityHashMap<>();
    List<Group> groups = new ArrayList<>();
    for (Subscriber subscriber : subscribers) {
      ArmDrops own = drops.computeIfAbsent(subscriber.steps(), ArmDrops::of);
      Terms terms = new Terms(subscriber.value(), subscriber.cost());
      Map<Terms, Integer> places = known.computeIfAbsent(own, _ -> new HashMap<>());
      Integer place = places.putIfAbsent(terms, groups.size());
      if (place == null) {
        VirtualTypeLaw law = lawOf.get(subscriber.value().type());
        groups.add(new Group(subscriber, own, Objects.requireNonNull(law), 1));
      } else {
        Group group = groups.get(place);
        groups.set(place, new Group(group.subscriber, own, group.law, group.power + 1));
      }
    }
    return groups;
  }

  private record Terms(PrivateValue value, double cost) {}
}
