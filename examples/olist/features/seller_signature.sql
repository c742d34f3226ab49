-- entity: seller
-- build: week
SELECT d.seller_id,
  max(d.business_segment) AS business_segment,
  max(d.lead_type) AS lead_type,
  max(d.lead_behaviour_profile) AS lead_behaviour_profile,
  max(d.business_type) AS business_type,
  max(l.origin) AS origin,
  max(d.declared_monthly_revenue) AS declared_monthly_revenue,
  max(days_between(l.contacted_at, d.won_at)) AS days_to_sign,
  min(days_between(d.won_at, :cutoff)) AS days_since_signed
FROM deals d
LEFT JOIN leads l ON l.mql_id = d.mql_id
GROUP BY d.seller_id
